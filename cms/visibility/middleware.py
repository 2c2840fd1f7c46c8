"""A permission check in front of the admin's page views.

Several Wagtail views show the name of a page before they check a permission, or do not check any.
This middleware checks the permission wherever a URL or a form names a page. It also covers views
that a later version of Wagtail adds.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.text.keys import is_key
from cms.visibility import has_right, may_review
from cms.visibility.viewer import viewing_request

PAGES = "wagtailadmin_pages"

EXPLORER = {"wagtailadmin_explore", "wagtailadmin_explore_results"}

API_ACTION = "wagtailadmin_api:pages:action"

# The URL parameters that contain the key of a page.
PAGE_ID_KWARGS = {"destination_id", "page_id", "page_to_move_id", "parent_page_id", "pk"}

# The form fields that name a new parent page. Their error messages contain the title of that page.
PARENT_FIELDS = {
    "wagtailadmin_pages:choose_parent": "parent_page",
    "wagtailadmin_pages:copy": "new_parent_page",
    "wagtailadmin_pages:move": "new_parent_page",
    "wagtail_bulk_action": "chooser",
}


class VisibilityMiddleware:
    """Middleware that refuses requests about a page on which the user has no permission.

    It also makes the request available to `cms.visibility.viewer`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with viewing_request(request):
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse the request as Wagtail does. If a page does not exist, the view reports that."""
        match = request.resolver_match
        assert match is not None  # Django sets it before it calls this method.
        user = request.user if match.view_name and is_of_pages(match) else None
        if user is None or not user.has_perm("wagtailadmin.access_admin"):
            return None
        for key in page_ids(request, match, args, kwargs):
            # `first()` also finds nothing for a key that is larger than the database's integers.
            page = Page.objects.filter(pk=key).first()
            if page is not None and not may_ask(user, page, match.view_name):
                return permission_denied_response(request)
        return None


def permission_denied_response(request: HttpRequest) -> HttpResponse:
    """Return Wagtail's redirect to the admin's first page.

    Raise `PermissionDenied` for a request from a script.
    """
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    return permission_denied(request)


def is_of_pages(match: ResolverMatch) -> bool:
    """Return whether a URL, or the form sent to it, may name a page."""
    names = {API_ACTION, *EXPLORER, *PARENT_FIELDS}
    return PAGES in match.namespaces or match.view_name in names


def page_ids(
    request: HttpRequest, match: ResolverMatch, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> list[int]:
    """Return the keys of the pages that a request names in its URL or as a parent in its form.

    Raise `Http404` for a value that cannot be a key. Wagtail's views would fail on such a value.
    """
    named = [kwargs[part] for part in PAGE_ID_KWARGS & kwargs.keys()]
    chosen = request.POST.get(PARENT_FIELDS.get(match.view_name, ""), "")
    # The URL of the comparison of revisions has positional parameters, without names.
    values = [*named, *args[:1], *filter(None, [chosen])]
    if not all(is_key(value) for value in values):
        raise Http404
    return [int(value) for value in values]


def may_ask(user: User | AnonymousUser, page: Page, view_name: str) -> bool:
    """Return whether `user` may request an admin URL that names `page`."""
    if has_right(user, page):
        return True
    if view_name in EXPLORER:
        return may_pass(user, page)
    return view_name != API_ACTION and may_review(user, page)


def may_pass(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user` may request `page` in the explorer.

    A page that leads to a page with a permission may be shown. A page outside the user's part of
    the tree is never shown: Wagtail redirects the user to that part of the tree.
    """
    root = page_permission_policy.explorable_root_instance(user)
    if root is None or not page.path.startswith(root.path):
        return True
    return page_permission_policy.explorable_instances(user).filter(pk=page.pk).exists()
