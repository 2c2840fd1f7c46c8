"""`/visitors/`: the number for everyone, and one visitor's beat."""

import json
import re
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from cms.middleware.proxies import client_network
from cms.visitors.addresses import address_key
from cms.visitors.crawlers import is_crawler
from cms.visitors.live import live_count
from cms.visitors.stores import StoreError, TooManyTokensError

BODY_LIMIT = 512
"""Bytes of a beat that are read at most; a real one has about eighty."""

BEAT = re.compile(
    rb"token=(?P<token>[0-9a-f]{32})&sequence=(?P<sequence>[0-9]{1,16})"
    rb"(?P<visit>&visit=1)?(?P<leaving>&leaving=1)?"
)
"""A beat as `visitors.js` sends it, a form; nothing else is one."""


class Answer(NamedTuple):
    """What is told: JSON, in bytes. Making it costs a third of what an `HttpResponse` does."""

    content: bytes
    status: int = HTTPStatus.OK
    cached: str = "no-store"
    more_headers: tuple = ()

    @property
    def headers(self):
        """Return pairs of a header's name and its value."""
        return [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(self.content))),
            ("Cache-Control", self.cached),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            *self.more_headers,
        ]


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


def take_beat(request):
    """Take one browser's sign of life, or of leaving, and return the number."""
    if not is_from_this_site(request):
        return refusal("cross-site", HTTPStatus.FORBIDDEN)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:9]) > BODY_LIMIT:
        return refusal("too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    found = BEAT.fullmatch(request.read(BODY_LIMIT))
    if not found:
        return refusal("token or sequence malformed", HTTPStatus.BAD_REQUEST)
    token, sequence = found["token"].decode(), int(found["sequence"])
    now = timezone.now()
    if is_crawler(request.META.get("HTTP_USER_AGENT", "")):
        return Answer(live_count.read(now).as_json)
    if found["leaving"]:
        return Answer(live_count.leave(token, sequence, now).as_json)
    key = address_key(client_network(request), now)
    try:
        reading = live_count.beat(token, sequence, key, now, bool(found["visit"]))
    except TooManyTokensError:
        return Answer(live_count.read(now).as_json, HTTPStatus.TOO_MANY_REQUESTS)
    live_count.take_turn(now)
    return Answer(reading.as_json)


def refusal(error, status, headers=()):
    """Return JSON that says what was wrong."""
    return Answer(json.dumps({"error": error}).encode(), status, more_headers=headers)


def is_from_this_site(request):
    """Say whether the browser sent this from one of our own pages, as far as it tells."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
