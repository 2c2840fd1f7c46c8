"""What everything else is measured against: the least that the same server can answer."""

from django.http import HttpResponse

EMPTY = "/empty/"


class EmptyAnswerMiddleware:
    """Answers `/empty/` with nothing, before any other code of the site."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == EMPTY:
            return HttpResponse(status=204)
        return self.get_response(request)
