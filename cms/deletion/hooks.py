"""The bulk action that deletes pages, and the menus that say what comes first."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.admin.widgets.button import Button

from cms.deletion.reasons import reason_not_to_delete
from cms.models.permissions import PortalPagePermissionTester


class DeletePagesBulkAction(DeleteBulkAction):
    """Deletes the ticked pages that may be deleted, and tells why it leaves the others."""

    template_name = "cms/deletion/confirm_bulk_delete.html"

    def get_context_data(self, **kwargs):
        """Add the reason to each page that is left."""
        context = super().get_context_data(**kwargs)
        for entry in context["items_with_no_access"]:
            entry["reason"] = reason_not_to_delete(self.request.user, entry["item"])
        return context

    def prepare_action(self, objects, objects_without_access):
        """Tell how many pages are left, and stop where that is all of them."""
        left = len(objects_without_access["items_with_no_access"])
        if left or not objects:
            message = ngettext(
                "%(number)s page was not deleted: you may not delete it.",
                "%(number)s pages were not deleted: you may not delete them.",
                left,
            )
            messages.error(self.request, message % {"number": left})
        return None if objects else redirect(self.next_url)


# After Wagtail's own action, in whose place it stands.
hooks.register("register_bulk_action", DeletePagesBulkAction, order=1)


def unpublish_first_buttons(page, user, priority):
    """Yield what administrators find in place of "Delete"; others do not look for it."""
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
def listing_buttons(page, user, next_url=None):
    """Say in the list of pages what comes before deleting a page."""
    return unpublish_first_buttons(page, user, priority=30)


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    """Say the same in the menu above a page."""
    return unpublish_first_buttons(page, user, priority=50)
