"""What a redirect may tell of a private page."""

from urllib.parse import unquote, urlsplit

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from wagtail.models import Page, Site
from wagtail.wagtail_hooks import check_view_restrictions

from cms.middleware.language import language_of
from cms.routing import own_type, pages_along, site_root_path


class PrivateAddressesMiddleware:
    """Asks at the former address of a private page what the page asks at its present one.

    The present address tells the title, so only readers whom the page lets in are sent there. No
    cache keeps such a redirect: it would send everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in (301, 302):
            return response
        page = nearest_page(request, response.url)
        if page is None or not page.may_be_restricted:
            return response

        def follow(page, request, serve_args, serve_kwargs):
            return response

        answer = check_view_restrictions(follow)(own_type(page), request, (), {})
        if answer is not response and not page.live:
            raise Http404
        return answer.render() if isinstance(answer, TemplateResponse) else answer


def nearest_page(request, address: str) -> Page | None:
    """Return the page at `address`, or the last one on the way to it, marked if it is private.

    `None` where the address is another site's, or none of a page.
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
        root_path = site_root_path(Site.find_for_request(request), language)
    if match.view_name != "wagtail_serve" or root_path is None:
        return None
    components = [component for component in match.args[0].split("/") if component]
    pages = pages_along(root_path, components)
    return pages[-1] if pages else None
