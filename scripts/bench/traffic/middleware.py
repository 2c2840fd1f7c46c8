"""The baseline for all other rates: the smallest possible response of the same server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

EMPTY = "/empty/"


class EmptyAnswerMiddleware:
    """Responds to `/empty/` with an empty response, before any other code of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == EMPTY:
            return HttpResponse(status=204)
        return self.get_response(request)
