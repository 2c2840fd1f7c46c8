"""The home page of each language, and the main menu."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.addresses.routing import site_root_paths
from cms.restrictions import without_restricted


@dataclass(frozen=True)
class SiteNavigation:
    """The public home pages by language code, and the menu of the active language.

    The menu holds the live pages directly below the home page that editors put into menus, in the
    order of the tree.
    """

    homes: dict[str, Page] = field(default_factory=dict)
    menu: list[Page] = field(default_factory=list)


def site_navigation(request: HttpRequest) -> SiteNavigation:
    """Return the `SiteNavigation` of `request`, which is read from the database once a request."""
    found: SiteNavigation | None = getattr(request, "site_navigation", None)
    if found is None:
        found = find_site_navigation(Site.find_for_request(request), get_language())
        # An attribute of our own.
        request.site_navigation = found  # type: ignore[attr-defined]
    return found


def find_site_navigation(site: Site | None, language: str) -> SiteNavigation:
    """Return the `SiteNavigation` of `site`, with one query for both of its parts."""
    if site is None:
        return SiteNavigation()
    root = site.root_page
    in_homes = Q(translation_key=root.translation_key)
    in_menu = Q(depth=root.depth + 1, locale__language_code=language, show_in_menus=True)
    # Filter on the page types to use their index. No index covers depth or `show_in_menus`, and
    # there are many articles below.
    types = [root.specific_class, *root.specific_class.allowed_subpage_models()]
    pages = without_restricted(Page.objects.type(*types).live().filter(in_homes | in_menu))
    pages = list(pages.select_related("locale").order_by("path"))
    homes = {page.locale.language_code: page for page in pages if is_home(page, root)}
    for code in homes:
        # The URL of a page depends on the root paths that this process has cached for its home
        # page.
        site_root_paths(code)
    return SiteNavigation(homes, [page for page in pages if not is_home(page, root)])


def is_home(page: Page, root: Page) -> bool:
    """Return whether `page` is the home page `root` in any language."""
    return page.translation_key == root.translation_key
