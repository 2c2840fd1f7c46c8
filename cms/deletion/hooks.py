"""The bulk action that deletes pages, and the menu buttons that say what to do first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.deletion.reasons import reason_not_to_delete
from cms.models.permissions import PortalPagePermissionTester


class DeletePagesBulkAction(DeleteBulkAction):
    """Deletes the selected pages that the user may delete, and says why it keeps the others."""

    template_name = "cms/deletion/confirm_bulk_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reason to each page that is not deleted."""
        context = super().get_context_data(**kwargs)
        for entry in context["items_with_no_access"]:
            entry["reason"] = reason_not_to_delete(self.request.user, entry["item"])
        return context

    def prepare_action(
        self,
        objects: Sequence[Page],
        objects_without_access: Mapping[str, Sequence[Page]],
    ) -> HttpResponseRedirect | None:
        """Show how many pages are not deleted, and stop if no page is left to delete."""
        left = len(objects_without_access["items_with_no_access"])
        if left or not objects:
            message = ngettext(
                "%(number)s page was not deleted: you may not delete it.",
                "%(number)s pages were not deleted: you may not delete them.",
                left,
            )
            messages.error(self.request, message % {"number": left})
        return None if objects else redirect(self.next_url)


# Registered after Wagtail's own action, which it replaces.
hooks.register("register_bulk_action", DeletePagesBulkAction, order=1)


def unpublish_first_buttons(page: Page, user: User, priority: int) -> Iterator[Button]:
    """Yield the button that administrators get in place of "Delete".

    Other users do not look for such a button.
    """
    tester = page.permissions_for_user(user)
    if not isinstance(tester, PortalPagePermissionTester) or not tester.administers:
        return
    if page.live and tester.can_unpublish():
        label = _("Delete: unpublish first")
        address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    elif not page.live and tester.reason_not_to_delete():
        label = _("Delete: unpublish the pages below first")
        address = reverse("wagtailadmin_explore", args=[page.pk])
    else:
        return
    yield Button(label, address, icon_name="bin", priority=priority)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Say in the list of pages what to do before a page can be deleted."""
    return unpublish_first_buttons(page, user, priority=30)


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Say in the menu above a page what to do before the page can be deleted."""
    return unpublish_first_buttons(page, user, priority=50)
