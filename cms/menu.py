"""The main menu: the live pages right below the home page that editors put into menus."""

from django.utils.translation import get_language
from wagtail.models import Page, Site

from cms.models.restrictions import without_restricted


def main_menu(request):
    """Return the pages of the menu in the active language, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    root = site.root_page
    # The page types are there for their index: none covers depth or `show_in_menus`, and the
    # articles below are many.
    pages = Page.objects.type(*root.specific_class.allowed_subpage_models()).filter(
        depth=root.depth + 1, locale__language_code=get_language()
    )
    return list(without_restricted(pages.live().in_menu()).order_by("path"))
