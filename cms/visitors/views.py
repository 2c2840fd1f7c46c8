"""The view of `/visitors/`, which returns the number online and accepts the beats of visitors."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.visitors.beats import beat_response
from cms.visitors.live_count import live_count
from cms.visitors.responses import VisitorsResponse, error_response
from cms.visitors.stores.interface import StoreError


def visitors(request: HttpRequest) -> HttpResponse:
    """Return the response of `visitors_response` as an `HttpResponse`, for Django's handler."""
    response = visitors_response(request)
    return HttpResponse(response.content, status=response.status, headers=dict(response.headers))


def visitors_response(request: HttpRequest) -> VisitorsResponse:
    """Return `{"online": 329, "at": "…", "interval": 10, "one_in": 1}`, and process a beat if sent.

    Errors have the status 400, 403, 405 or 413 and say what was wrong. The status is 429 if an IP
    address brings too many visitors, and 503 if the store is down.
    """
    try:
        if request.method == "POST":
            return beat_response(request)
        if request.method in ("GET", "HEAD"):
            return count_response()
    except StoreError:
        return error_response("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
    allowed = [("Allow", "GET, HEAD, POST")]
    return error_response("method not allowed", HTTPStatus.METHOD_NOT_ALLOWED, allowed)


def count_response() -> VisitorsResponse:
    """Return the number, in a response that caches may share."""
    now = timezone.now()
    snapshot = live_count.read(now)
    live_count.run_upkeep(now)
    return VisitorsResponse(
        snapshot.as_json, cached=f"public, max-age={settings.VISITOR_SHARED_SECONDS}"
    )
