"""The baseline for all other rates: the smallest possible response of the same server."""

from django.http import HttpResponse

EMPTY = "/empty/"


class EmptyAnswerMiddleware:
    """Responds to `/empty/` with an empty response, before any other code of the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == EMPTY:
            return HttpResponse(status=204)
        return self.get_response(request)
