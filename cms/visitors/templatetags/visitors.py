"""Template tags that show the live count in a page and make the page send beats."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django import template
from django.core.cache import cache
from django.db import Error
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.middleware.headers import is_preview
from cms.visitors import statistics
from cms.visitors.live_count import live_count, read_count
from cms.visitors.models import VisitorCounter
from cms.visitors.sampling import Sampling

logger = logging.getLogger(__name__)
register = template.Library()

# Seconds for which the cache keeps the figures of visits.
FIGURES_CACHE_SECONDS = 60

Result = TypeVar("Result")


@register.inclusion_tag("visitors/counter.html", takes_context=True)
def visitor_counter(context: Context, counter: VisitorCounter | None) -> dict[str, object]:
    """Show `counter` (a `VisitorCounter`) with the number online and the time of that number.

    The figures that the counter asks for follow the number. A popover explains what is counted and
    how. The number and the figures are read once per page, however many counters the page shows.

    Without a counter the tag shows nothing. When the store is down, the counter is hidden. The
    script of the page shows it as soon as there is a number.
    """
    if counter is None:
        return {}
    request = context.get("request")
    number, now = cached_on_request(request, "visitor_count", read_count)
    before, after = counter.wording_parts(number)
    return {
        "counter": counter,
        "number": number,
        "now": now,
        "before": before,
        "after": after,
        "figures": figures_of(counter, request),
        "is_estimate": live_count.sampling(now).one_in > 1,
        "popover": f"visitors-{next_counter_number(request)}",
    }


@register.simple_tag(takes_context=True)
def counter_in_language(context: Context, counter: VisitorCounter) -> VisitorCounter:
    """Return the translation of `counter` in the language of the page.

    In most cases this is the counter of the frame, which is already loaded.
    """
    frame = context.get("frame")
    if frame is None or counter.locale_id == frame.locale_id:
        return counter
    shown = frame.visitor_counter
    if shown and shown.translation_key == counter.translation_key:
        return shown
    return counter.localized


@register.simple_tag(takes_context=True)
def beat_sampling(context: Context) -> Sampling | None:
    """Return the `Sampling` for the beats of the page, or `None` if the page must not send beats.

    A preview must not, because it is not a visit.
    """
    request = context.get("request")
    if request is None or is_preview(request):
        return None
    return live_count.sampling(timezone.now())


def cached_on_request(request: HttpRequest | None, name: str, read: Callable[[], Result]) -> Result:
    """Return the result of `read`, cached on the request for the other counters of the page."""
    if request is None:
        return read()
    if not hasattr(request, name):
        setattr(request, name, read())
    return getattr(request, name)


def next_counter_number(request: HttpRequest | None) -> int:
    """Return the number of a counter on its page, starting with 1."""
    number = getattr(request, "visitor_counters", 0) + 1
    if request is not None:
        # An attribute of our own, which lives as long as the request.
        request.visitor_counters = number  # type: ignore[attr-defined]
    return number


def figures_of(
    counter: VisitorCounter, request: HttpRequest | None
) -> list[dict[str, str | int | datetime | None]]:
    """Return the figures that `counter` shows, as dictionaries with the keys label, number and at.

    `at` is the time of the figure, or `None`.
    """
    names = ("today", "yesterday", "month", "total", "peak")
    if not any(getattr(counter, f"show_{name}") for name in names):
        return []
    figures = cached_on_request(request, "visitor_figures", read_figures)
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


def read_figures() -> statistics.Figures | None:
    """Return the `Figures`, at most a minute old, or `None` if they cannot be read."""
    # If the database or the cache fails, the page and its live number must still work.
    try:
        return cache.get_or_set(
            "visitor-figures", lambda: statistics.figures(timezone.now()), FIGURES_CACHE_SECONDS
        )
    except (Error, OSError):
        logger.exception("The figures of the visits cannot be read")
        return None
