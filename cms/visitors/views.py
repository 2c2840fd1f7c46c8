"""`/visitors/`: the number for everyone, and one visitor's beat."""

import logging
import re
from functools import wraps

from django.db import Error
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.middleware.proxies import client_network
from cms.visitors.addresses import address_key
from cms.visitors.store import TooManyTokensError, current_store

logger = logging.getLogger(__name__)

SHARED_SECONDS = 2
"""How long any cache may repeat the number."""

BODY_LIMIT = 512
"""Bytes of a beat that are read at most; a real one has about eighty."""

TOKEN = re.compile(r"[0-9a-f]{32}")
SEQUENCE = re.compile(r"[0-9]{1,16}")


# A beat changes nothing of an account and pages hold no CSRF token, being the same for everyone;
# `is_from_this_site` keeps other sites' pages from sending beats instead.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def visitors(request):
    """Answer `{"online": 329, "at": "…"}`, after taking the beat of a POST."""
    return take_beat(request) if request.method == "POST" else read_count(request)


def answers_when_store_is_down(view):
    """Answer 503 and no number, rather than an invented one, when the store fails."""

    @wraps(view)
    def guarded(request):
        try:
            return view(request)
        except Error:
            logger.exception("The visitor store does not answer")
            return JsonResponse({"error": "unavailable"}, status=503)

    return guarded


@answers_when_store_is_down
def read_count(request):
    """Return the number, which caches may share."""
    response = count_response(timezone.now())
    response["Cache-Control"] = f"public, max-age={SHARED_SECONDS}"
    return response


@never_cache
@answers_when_store_is_down
def take_beat(request):
    """Take `token`, `sequence` and perhaps `leaving` from the form, and return the number."""
    if not is_from_this_site(request):
        return JsonResponse({"error": "cross-site"}, status=403)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:9]) > BODY_LIMIT:
        return JsonResponse({"error": "too long"}, status=413)
    token, sequence = request.POST.get("token", ""), request.POST.get("sequence", "")
    if not TOKEN.fullmatch(token) or not SEQUENCE.fullmatch(sequence):
        return JsonResponse({"error": "token or sequence malformed"}, status=400)
    now, store = timezone.now(), current_store()
    if "leaving" in request.POST:
        store.leave(token, int(sequence), now)
    else:
        try:
            store.beat(token, int(sequence), address_key(client_network(request), now), now)
        except TooManyTokensError:
            return count_response(now, status=429)
    return count_response(now)


def count_response(now, status=200):
    """Return the number that is true at `now`, also to those who are not counted (429)."""
    reading = {"online": current_store().count(now), "at": now.isoformat()}
    return JsonResponse(reading, status=status)


def is_from_this_site(request):
    """Say whether the browser sent this from one of our own pages, as far as it tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"
