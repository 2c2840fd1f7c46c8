"""Handling of incoming beats: which of them count, and how the server responds."""

import re
from http import HTTPStatus

from django.http import HttpRequest
from django.utils import timezone

from cms.middleware.proxies import client_network
from cms.visitors.address_keys import address_key
from cms.visitors.crawlers import is_crawler
from cms.visitors.live_count import live_count
from cms.visitors.responses import VisitorsResponse, error_response
from cms.visitors.stores.interface import TooManyTokensError

# The maximum number of bytes that are read from a beat. A real beat has about 80.
BODY_LIMIT_BYTES = 512

# The form data that `visitors.js` sends. Nothing else is a beat.
BEAT = re.compile(
    rb"token=(?P<token>[0-9a-f]{32})&sequence=(?P<sequence>[0-9]{1,16})"
    rb"(?P<visit>&visit=1)?(?P<leaving>&leaving=1)?"
)


def beat_response(request: HttpRequest) -> VisitorsResponse:
    """Process a beat or a sign-off of one browser and return a response with the number online."""
    if not is_from_this_site(request):
        return error_response("cross-site", HTTPStatus.FORBIDDEN)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:9]) > BODY_LIMIT_BYTES:
        return error_response("too long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    found = BEAT.fullmatch(request.read(BODY_LIMIT_BYTES))
    if not found:
        return error_response("token or sequence malformed", HTTPStatus.BAD_REQUEST)
    token, sequence = found["token"].decode(), int(found["sequence"])
    now = timezone.now()
    if is_crawler(request.META.get("HTTP_USER_AGENT", "")):
        return VisitorsResponse(live_count.read(now).as_json)
    if found["leaving"]:
        return VisitorsResponse(live_count.leave(token, sequence, now).as_json)
    key = address_key(client_network(request), now)
    try:
        snapshot = live_count.beat(token, sequence, key, now, bool(found["visit"]))
    except TooManyTokensError:
        return VisitorsResponse(live_count.read(now).as_json, HTTPStatus.TOO_MANY_REQUESTS)
    live_count.run_upkeep(now)
    return VisitorsResponse(snapshot.as_json)


def is_from_this_site(request: HttpRequest) -> bool:
    """Return whether the request comes from a page of this site, as far as its headers say."""
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site == "same-origin"
    origin = request.META.get("HTTP_ORIGIN")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
