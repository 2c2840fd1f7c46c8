"""Beats as they arrive: which of them count, and what is answered."""

import re
from http import HTTPStatus

from django.utils import timezone

from cms.middleware.proxies import client_network
from cms.visitors.address_keys import address_key
from cms.visitors.answers import Answer, refusal
from cms.visitors.crawlers import is_crawler
from cms.visitors.known_count import live_count
from cms.visitors.stores.interface import TooManyTokensError

# Bytes of a beat that are read at most; a real one has about eighty.
BODY_LIMIT = 512

# A beat as `visitors.js` sends it, a form; nothing else is one.
BEAT = re.compile(
    rb"token=(?P<token>[0-9a-f]{32})&sequence=(?P<sequence>[0-9]{1,16})"
    rb"(?P<visit>&visit=1)?(?P<leaving>&leaving=1)?"
)


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


def is_from_this_site(request):
    """Say whether the browser sent this from one of our own pages, as far as it tells."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
