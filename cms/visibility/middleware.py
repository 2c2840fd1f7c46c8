"""The guard before the admin's addresses of pages: who may not know of a page gets no further.

Several of Wagtail's views name a page before they ask for a right, or instead of asking. Here the
right is asked for wherever an address or a form names a page, those of a later Wagtail included.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.text.keys import is_key
from cms.visibility import has_right, may_review
from cms.visibility.viewer import looking

PAGES = "wagtailadmin_pages"

EXPLORER = {"wagtailadmin_explore", "wagtailadmin_explore_results"}

API_ACTION = "wagtailadmin_api:pages:action"

# The parts of addresses that are the key of a page.
PARTS = {"destination_id", "page_id", "page_to_move_id", "parent_page_id", "pk"}

# The fields in which a form names a page to put something below, whose errors tell its title.
CHOSEN = {
    "wagtailadmin_pages:choose_parent": "parent_page",
    "wagtailadmin_pages:copy": "new_parent_page",
    "wagtailadmin_pages:move": "new_parent_page",
    "wagtail_bulk_action": "chooser",
}


class VisibilityMiddleware:
    """Makes known who looks, and turns away who asks for a page without a right to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with looking(request):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse as Wagtail refuses; of a page that is not there, the view says so itself."""
        match = request.resolver_match
        user = request.user if match.view_name and is_of_pages(match) else None
        if user is None or not user.has_perm("wagtailadmin.access_admin"):
            return None
        for key in keys(request, match, args, kwargs):
            # Of a key beyond all numbers, a query for one page finds nothing.
            page = Page.objects.filter(pk=key).first()
            if page is not None and not may_ask(user, page, match.view_name):
                return turn_away(request)
        return None


def turn_away(request):
    """Turn away, as Wagtail does: back to the first page, or without one for a script."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    return permission_denied(request)


def is_of_pages(match) -> bool:
    """Say whether an address, or the form sent to it, may name a page."""
    names = {API_ACTION, *EXPLORER, *CHOSEN}
    return PAGES in match.namespaces or match.view_name in names


def keys(request, match, args, kwargs) -> list[int]:
    """Return the keys of pages that a request names: in its address, or as a place in its form.

    Of what cannot be a key there is no page, on which Wagtail's views would fail.
    """
    named = [kwargs[part] for part in PARTS & kwargs.keys()]
    chosen = request.POST.get(CHOSEN.get(match.view_name, ""), "")
    # The comparison of revisions has no names for the parts of its address.
    values = [*named, *args[:1], *filter(None, [chosen])]
    if not all(is_key(value) for value in values):
        raise Http404
    return [int(value) for value in values]


def may_ask(user, page: Page, view_name: str) -> bool:
    """Say whether `user` may ask an address of the admin about `page`."""
    if has_right(user, page):
        return True
    if view_name in EXPLORER:
        return may_pass(user, page)
    return view_name != API_ACTION and may_review(user, page)


def may_pass(user, page: Page) -> bool:
    """Say whether the explorer may show `page`: it leads to a right, or is not shown at all.

    Wagtail leads who asks for a page beside all that they have to where they have something.
    """
    root = page_permission_policy.explorable_root_instance(user)
    if root is None or not page.path.startswith(root.path):
        return True
    return page_permission_policy.explorable_instances(user).filter(pk=page.pk).exists()
