"""Middleware that says why a page cannot be deleted."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from cms.deletion.reasons import reason_not_to_delete
from cms.models.permissions import NO_RIGHT

DELETE_VIEW_NAME = "wagtailadmin_pages:delete"


class RefusedDeletionMiddleware:
    """Gives the reason for a refusal in place of Wagtail's message about an area without access.

    The view itself refuses the deletion. Users who have no right there get the view's own message.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseRedirect | None:
        """Show the reason before the view runs, and redirect where the view would redirect."""
        assert request.resolver_match is not None  # Django sets it before it calls this method.
        if request.resolver_match.view_name != DELETE_VIEW_NAME:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        reason = reason_not_to_delete(request.user, page) if page else None
        if reason in (None, NO_RIGHT):
            return None
        message = _("“%(title)s” cannot be deleted. %(reason)s")
        title = page.specific_deferred.get_admin_display_title()
        messages.error(request, message % {"title": title, "reason": reason})
        return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
