"""`/visitors/`: the number for everyone, and one visitor's beat."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from cms.visitors.answers import Answer, refusal
from cms.visitors.beats import take_beat
from cms.visitors.known_count import live_count
from cms.visitors.stores.interface import StoreError


def visitors(request):
    """Answer as `answer_to` does, where Django's handler asks."""
    told = answer_to(request)
    return HttpResponse(told.content, status=told.status, headers=dict(told.headers))


def answer_to(request):
    """Answer `{"online": 329, "at": "…", "interval": 10, "one_in": 1}`, after taking a beat.

    Errors say what was wrong: 400, 403, 405, 413; 429 where an address brings too many visitors,
    503 when the store is down.
    """
    try:
        if request.method == "POST":
            return take_beat(request)
        if request.method in ("GET", "HEAD"):
            return tell_count()
    except StoreError:
        return refusal("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
    allowed = [("Allow", "GET, HEAD, POST")]
    return refusal("method not allowed", HTTPStatus.METHOD_NOT_ALLOWED, allowed)


def tell_count():
    """Return the number, which caches may share."""
    now = timezone.now()
    reading = live_count.read(now)
    live_count.take_turn(now)
    return Answer(reading.as_json, cached=f"public, max-age={settings.VISITOR_SHARED_SECONDS}")
