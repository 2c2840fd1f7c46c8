"""Redirects from former addresses of pages whose ancestor was renamed or moved."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.addresses.redirects import EVER_PUBLISHED
from cms.addresses.routing import MAX_DEPTH
from cms.models import GoneAddress
from cms.models.slugs import FEED


class DescendantRedirectsMiddleware:
    """Follows the one redirect of a renamed section for every page below it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and (address := moved_address(request)):
            return HttpResponsePermanentRedirect(address)
        return response


def moved_address(request: HttpRequest) -> str | None:
    """Return the present address of a page whose ancestor has moved, or `None`."""
    path = Redirect.normalise_path(request.path_info)
    folders = path.strip("/").split("/")
    if "\0" in path or not 1 < len(folders) <= MAX_DEPTH:
        return None
    above = ["/" + "/".join(folders[:depth]) for depth in range(1, len(folders))]
    redirects = Redirect.get_for_site(Site.find_for_request(request))
    of_folders = redirects.filter(
        old_path__in=above, automatically_created=True, redirect_page__isnull=False
    )
    redirect = max(of_folders, key=lambda found: len(found.old_path), default=None)
    folder = redirect.redirect_page.get_url(request) if redirect else None
    if redirect is None or not folder:
        return None
    rest = path.removeprefix(f"{redirect.old_path}/")
    new = f"{folder.rstrip('/')}/{rest}/"
    below = f"/{rest}".removesuffix(f"/{FEED}").strip("/")
    if was_public(redirect.redirect_page, below):
        return new
    if further := descendant_redirect(redirects, redirect.redirect_page, folder, rest):
        return further.link
    return new if GoneAddress.objects.filter(path=new).exists() else None


def descendant_redirect(
    redirects: QuerySet[Redirect], page: Page, address: str, rest: str
) -> Redirect | None:
    """Return the newest redirect from the path `rest` below `page`, under any address of `page`.

    `address` is the present address of `page`. The former addresses are searched too, because a
    page below `page` may have been renamed between two renamings of `page`.
    """
    formers = redirects.filter(redirect_page=page).values_list("old_path", flat=True)
    folders = [folder.rstrip("/") for folder in (address, *formers)]
    paths = [Redirect.normalise_path(f"{folder}/{rest}") for folder in folders]
    return redirects.filter(old_path__in=paths).order_by("pk").last()


def was_public(page: Page, path: str) -> bool:
    """Return whether a page at `path` below `page` is or was published."""
    pages = Page.objects.filter(EVER_PUBLISHED)
    if not path:
        return pages.filter(pk=page.pk).exists()
    # Filter on the slug to use its index: `url_path` has none.
    slug = path.rpartition("/")[2]
    return pages.filter(slug=slug, url_path=f"{page.url_path}{path}/").exists()
