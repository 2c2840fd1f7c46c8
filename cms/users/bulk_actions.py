"""Bulk actions on accounts, which skip accounts with rights that the acting user lacks."""

from typing import Any

from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.users.views import bulk_actions

from cms.users.forms import GrantableRoleForm
from cms.users.refusals import RefusedError, users_with_more_rights
from cms.users.user_management import ensure_user_manager_remains
from cms.users.views import ForUserMixin


class SkipUsersWithMoreRightsMixin(BulkAction):
    """A bulk action that skips accounts with rights that the acting user lacks."""

    def get_actionable_objects(self) -> tuple[list[User], dict[str, list[User]]]:
        """Move accounts with such rights to the accounts that the page lists as skipped."""
        accounts, others = super().get_actionable_objects()
        closed = users_with_more_rights(self.request.user, accounts)
        within = [account for account in accounts if account.pk not in closed]
        others["items_with_no_access"] += [each for each in accounts if each.pk in closed]
        return within, others

    @classmethod
    def execute_action(cls, objects: list[User], **kwargs: Any) -> tuple[int, int]:
        """Run the action, and undo it if nobody could manage users afterwards."""
        with ensure_user_manager_remains():
            return super().execute_action(objects, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Show why the action was undone, and redirect to the list."""
        try:
            return super().form_valid(form)
        except RefusedError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.next_url)


# `order=1` registers these actions after Wagtail's, to replace those of the same `action_type`.
@hooks.register("register_bulk_action", order=1)
class AssignRole(SkipUsersWithMoreRightsMixin, ForUserMixin, bulk_actions.AssignRoleBulkAction):
    """The bulk action that puts the selected accounts into a group."""

    form_class = GrantableRoleForm


@hooks.register("register_bulk_action", order=1)
class SetActiveState(SkipUsersWithMoreRightsMixin, bulk_actions.SetActiveStateBulkAction):
    """The bulk action that enables or disables the selected accounts."""


@hooks.register("register_bulk_action", order=1)
class Delete(SkipUsersWithMoreRightsMixin, bulk_actions.DeleteBulkAction):
    """The bulk action that deletes the selected accounts."""
