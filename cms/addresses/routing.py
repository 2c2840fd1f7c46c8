"""Routing from an address to its page, with one query for the site and one for the page.

Wagtail walks down the tree with two queries a level. Before that it needs three queries for the
home page of the language. Stored addresses (`Page.url_path`) make the walk unnecessary. Wagtail's
walk ends with a call of `Page.route()`. `find_route` also ends with it. So drafts, previews and
routable pages behave as in any Wagtail site.
"""

from collections.abc import Sequence
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site, SiteRootPath
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.restrictions import with_restriction_state

# The maximum number of levels of an address that are looked up.
MAX_DEPTH = 20


class RoutedRequest(HttpRequest):
    """A request with what routing stores on it. Without routing, it lacks these attributes."""

    pages_on_path: list[Page]
    is_page_address: bool
    _wagtail_route_for_request: RouteResult | None


def serve(request: RoutedRequest, path: str) -> HttpResponse:
    """Serve the page at `path` through Wagtail's own view, with the route of `find_route`.

    Wagtail stores the route on the request in a private attribute.
    tests/cms/addresses/test_routing.py fails if the name of that attribute changes.
    """
    if not hasattr(request, "_wagtail_route_for_request"):
        request._wagtail_route_for_request = find_route(request, path)
    return wagtail_serve(request, path)


def find_route(request: RoutedRequest, path: str) -> RouteResult | None:
    """Return Wagtail's `RouteResult` for the address, or `None` if there is no page."""
    components = find_pages_on_path(request, get_language(), path)
    chain = request.pages_on_path
    if not chain:
        return None
    page = specific_page(chain[-1])
    page.may_be_restricted = chain[-1].may_be_restricted
    page.breadcrumbs = chain[:-1]
    try:
        return page.route(request, components[len(chain) - 1 :])
    except Http404:
        return None


def find_pages_on_path(request: RoutedRequest, language: str, path: str) -> list[str]:
    """Find the pages on the way to `path`, and return the components of the path.

    `request.pages_on_path` gets the home page of `language` and all pages below it that the path
    names. `request.is_page_address` says whether the last of them is the page at `path`. If there
    is no page, other code uses both values to find the reason.
    """
    root_path = site_root_path(Site.find_for_request(request), language)
    components = [component for component in path.split("/") if component]
    request.pages_on_path = [] if root_path is None else pages_on_path(root_path, components)
    request.is_page_address = len(request.pages_on_path) == len(components) + 1
    return components


def site_root_path(site: Site | None, language: str) -> str | None:
    """Return the `url_path` of the home page of `site` in `language`, or `None`."""
    if site is None:
        return None
    for root in site_root_paths(language):
        if root.site_id == site.pk and root.language_code == language:
            return root.root_path
    return None


def site_root_paths(language: str) -> list[SiteRootPath]:
    """Return Wagtail's root paths of the home pages, read again if they lack `language`.

    Each process caches them for an hour. It does not notice a language that was added through
    another process.
    """
    paths = Site.get_site_root_paths()
    if all(path.language_code != language for path in paths):
        Site.clear_site_root_paths_cache()
        paths = Site.get_site_root_paths()
    return paths


def pages_on_path(root_path: str, components: Sequence[str]) -> list[Page]:
    """Return the home page and all pages below it that the address names, in this order."""
    addresses = [root_path]
    for component in components[:MAX_DEPTH]:
        addresses.append(f"{addresses[-1]}{component}/")
    slugs = {address.rstrip("/").rpartition("/")[2] for address in addresses}
    # Filter on the slugs to use their index: `url_path` has none.
    pages = with_restriction_state(Page.objects.filter(slug__in=slugs, url_path__in=addresses))
    return list(pages.select_related(*specific_relations()).order_by("depth"))


def specific_page(page: Page) -> Page:
    """Return the page as an instance of its specific class, which was fetched in the same query."""
    return getattr(page, page.cached_content_type.model, None) or page.specific


@cache
def specific_relations() -> list[str]:
    """Return the relations from a page to the row of its specific class, for `select_related`."""
    return [
        relation.get_accessor_name()
        for relation in Page._meta.related_objects
        if relation.one_to_one and relation.parent_link
    ]
