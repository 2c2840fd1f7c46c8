"""Middleware that answers 410 in place of 404 at addresses that had public content before."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from wagtail.models import Page

from cms.addresses.routing import RoutedRequest
from cms.models import GoneAddress
from cms.models.gone_address import MAX_PATH_LENGTH


class GoneMiddleware:
    """Answers 410, so that readers and search engines learn that the page was withdrawn.

    It wraps the middleware for redirects: if the editor chose a redirect, the redirect is the
    response.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: RoutedRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and is_gone(request):
            context = {"section": section_above(request)}
            response = TemplateResponse(request, "410.html", context, status=410).render()
            add_never_cache_headers(response)
        return response


def is_gone(request: RoutedRequest) -> bool:
    """Return whether there was public content at the address."""
    path = request.path_info
    if "\0" in path or len(path) > MAX_PATH_LENGTH:
        return False
    return was_published(request) or GoneAddress.objects.filter(path=path).exists()


def was_published(request: RoutedRequest) -> bool:
    """Return whether the address leads to a page that was public once and is unpublished now.

    If the address redirects, the target of the redirect counts (cms/addresses/redirect_targets.py).
    """
    if not getattr(request, "is_page_address", False):
        return False
    page = request.pages_on_path[-1]
    return not page.live and page.first_published_at is not None and not page.may_be_restricted


def section_above(request: RoutedRequest) -> Page | None:
    """Return the nearest public page above the address, or `None` if that is the home page."""
    for page in reversed(getattr(request, "pages_on_path", [])[1:]):
        if page.live and not page.may_be_restricted:
            return page
    return None
