"""The live count in a page."""

import logging

from django import template
from django.core.cache import cache
from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.middleware.headers import is_preview
from cms.visitors import statistics
from cms.visitors.known_count import live_count, read_count

logger = logging.getLogger(__name__)
register = template.Library()

# Seconds for which the cache keeps the figures of the visits.
FIGURES_KEPT = 60


@register.inclusion_tag("visitors/counter.html", takes_context=True)
def visitor_counter(context, counter):
    """Show `counter` (a `VisitorCounter`) with the number online and the time it was true at.

    Beside it stand the figures that the counter asks for, and behind it what is counted and how.
    However often a page shows it, each is read once. Without a counter nothing is shown. When the
    store is down the place is hidden, and the script of the page fills it once there is a number.
    """
    if counter is None:
        return {}
    request = context.get("request")
    number, now = once(request, "visitor_reading", read_count)
    before, after = counter.words_around(number)
    return {
        "counter": counter,
        "number": number,
        "now": now,
        "before": before,
        "after": after,
        "figures": figures_of(counter, request),
        "is_estimate": live_count.pace(now).one_in > 1,
        "popover": f"visitors-{next_place(request)}",
    }


@register.simple_tag(takes_context=True)
def counter_in_language(context, counter):
    """Return `counter` in the language of the page, mostly the one that the frame shows anyway."""
    frame = context.get("frame")
    if frame is None or counter.locale_id == frame.locale_id:
        return counter
    shown = frame.visitor_counter
    if shown and shown.translation_key == counter.translation_key:
        return shown
    return counter.localized


@register.simple_tag(takes_context=True)
def beats(context):
    """Return the `Pace` at which the page beats, nothing where it must not.

    A preview is no visit.
    """
    request = context.get("request")
    if request is None or is_preview(request):
        return None
    return live_count.pace(timezone.now())


def once(request, name, read):
    """Return what `read` returns, kept on the request for the other counters of the page."""
    if request is None:
        return read()
    if not hasattr(request, name):
        setattr(request, name, read())
    return getattr(request, name)


def next_place(request):
    """Return the number of a counter on its page: 1 for the first."""
    place = getattr(request, "visitor_counters", 0) + 1
    if request is not None:
        request.visitor_counters = place
    return place


def figures_of(counter, request):
    """Return the figures that `counter` shows: label, number, and the moment where there is one."""
    names = ("today", "yesterday", "month", "total", "peak")
    if not any(getattr(counter, f"show_{name}") for name in names):
        return []
    figures = once(request, "visitor_figures", read_figures)
    if figures is None:
        return []
    rows = [
        (counter.show_today, _("Visits today"), figures.today, None),
        (counter.show_yesterday, _("Visits yesterday"), figures.yesterday, None),
        (counter.show_month, _("Visits this month"), figures.month, None),
        (counter.show_total, _("Visits in total"), figures.total, None),
        (
            counter.show_peak and figures.peak_at,
            _("Most online at once"),
            figures.peak,
            figures.peak_at,
        ),
    ]
    return [
        {"label": label, "number": number, "at": at} for shown, label, number, at in rows if shown
    ]


def read_figures():
    """Return the `Figures` of at most a minute ago, `None` when they cannot be had."""
    # The database or the cache may fail, the page and its live number do not.
    try:
        return cache.get_or_set(
            "visitor-figures", lambda: statistics.figures(timezone.now()), FIGURES_KEPT
        )
    except (Error, OSError):
        logger.exception("The figures of the visits cannot be read")
        return None
