"""410 in place of 404 where there was something before."""

from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from cms.models import GoneAddress
from cms.routing import was_published


class GoneMiddleware:
    """Tells readers and search engines that what they ask for was withdrawn.

    It stands outside of the redirects: where the editor chose one, that is the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and is_gone(request):
            response = TemplateResponse(request, "410.html", status=410).render()
            add_never_cache_headers(response)
        return response


def is_gone(request):
    """Say whether there was something public at the address."""
    path = request.path_info
    if "\0" in path or len(path) > 1000:
        return False
    return was_published(request) or GoneAddress.objects.filter(path=path).exists()
