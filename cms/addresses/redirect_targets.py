"""Middleware that hides the address of a page from readers who may not open the page."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from wagtail.models import Page
from wagtail.wagtail_hooks import check_view_restrictions

from cms.addresses.language import language_of
from cms.addresses.routing import RoutedRequest, find_pages_on_path, specific_page


class RedirectTargetsMiddleware:
    """Checks that the reader may open the page before a redirect leads there.

    The address of a page shows its title, and a page that is renamed leaves a redirect. So the
    password is asked for at the former address of a private page, before the redirect. The former
    address of an unpublished page answers 404 or 410. A redirect to a private page is never cached:
    each reader is checked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: RoutedRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code not in (301, 302):
            return response
        page = target_page(request, response.headers["Location"])
        if page is None:
            return response
        if not page.live:
            raise Http404
        if not page.may_be_restricted:
            return response

        def follow(
            page: Page, request: HttpRequest, serve_args: object, serve_kwargs: object
        ) -> HttpResponseBase:
            return response

        answer = check_view_restrictions(follow)(specific_page(page), request, (), {})
        return answer.render() if isinstance(answer, TemplateResponse) else answer


def target_page(request: RoutedRequest, address: str) -> Page | None:
    """Return the page at `address`, or the last page on the way to it.

    Return `None` if the address belongs to another site or to no page. The pages are stored on the
    request, as in `find_route`, so that GoneMiddleware can choose between 410 and 404.
    """
    if not url_has_allowed_host_and_scheme(address, request.get_host()):
        return None
    path = unquote(urlsplit(address).path).rstrip("/") + "/"
    language = language_of(path)
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.view_name != "wagtail_serve":
        return None
    find_pages_on_path(request, language, match.args[0])
    return request.pages_on_path[-1] if request.pages_on_path else None
