"""The live count in a page."""

import logging

from django import template
from django.conf import settings
from django.db import Error
from django.utils import timezone

from cms.middleware.headers import is_preview
from cms.visitors.store import current_store

logger = logging.getLogger(__name__)
register = template.Library()


@register.inclusion_tag("visitors/counter.html", takes_context=True)
def visitor_counter(context, counter):
    """Show `counter` (a `VisitorCounter`) with the number online and the time it was true at.

    However often a page shows it, it is read once. Without a counter, or when the store is down,
    nothing is shown.
    """
    request = context.get("request")
    reading = getattr(request, "visitor_reading", None) or read_count()
    if request is not None:
        request.visitor_reading = reading
    number, now = reading
    if counter is None or number is None:
        return {}
    before, after = counter.words_around(number)
    return {"counter": counter, "number": number, "now": now, "before": before, "after": after}


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
    """Return the pace in seconds at which the page beats, nothing where it must not.

    A preview is no visit.
    """
    request = context.get("request")
    if request is None or is_preview(request):
        return None
    return settings.VISITOR_BEAT_INTERVAL


def read_count():
    """Return the number online and its time, `None` for the number when the store is down."""
    now = timezone.now()
    try:
        return current_store().count(now), now
    except Error:
        logger.exception("The visitor store does not answer")
        return None, now
