"""410 in place of 404 where there was something before."""

from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from cms.models import GoneAddress


class GoneMiddleware:
    """Tells readers and search engines that what they ask for was withdrawn.

    It stands outside of the redirects: where the editor chose one, that is the answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and is_gone(request):
            context = {"section": section_above(request)}
            response = TemplateResponse(request, "410.html", context, status=410).render()
            add_never_cache_headers(response)
        return response


def is_gone(request):
    """Say whether there was something public at the address."""
    path = request.path_info
    if "\0" in path or len(path) > 1000:
        return False
    return was_published(request) or GoneAddress.objects.filter(path=path).exists()


def was_published(request):
    """Say whether a page that was public once and is no more stands at the address.

    Or where a redirect from the address leads (cms/addresses/redirect_targets.py).
    """
    if not getattr(request, "is_page_address", False):
        return False
    page = request.pages_on_path[-1]
    return not page.live and page.first_published_at is not None and not page.may_be_restricted


def section_above(request):
    """Return the public page next above the address, `None` where that is the home page."""
    for page in reversed(getattr(request, "pages_on_path", [])[1:]):
        if page.live and not page.may_be_restricted:
            return page
    return None
