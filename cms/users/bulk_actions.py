"""What is done to many accounts at once: to those within reach, and to no others."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.users.views import bulk_actions

from cms.users.forms import OwnRoleForm
from cms.users.managers import keeping_a_manager
from cms.users.refusals import RefusedError, out_of_reach
from cms.users.views import ForUserMixin


class AccountsWithinReachMixin:
    """An action that leaves alone the accounts that may do more than the one who acts."""

    def get_actionable_objects(self) -> tuple[list[AbstractBaseUser], dict]:
        """Move the accounts out of reach to those that the page says are left alone."""
        accounts, left_alone = super().get_actionable_objects()
        closed = out_of_reach(self.request.user, accounts)
        within = [account for account in accounts if account.pk not in closed]
        left_alone["items_with_no_access"] += [each for each in accounts if each.pk in closed]
        return within, left_alone

    @classmethod
    def execute_action(cls, objects: list[AbstractBaseUser], **kwargs) -> tuple[int, int]:
        """Act, and see that somebody can still manage users."""
        with keeping_a_manager():
            return super().execute_action(objects, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        """Say why the action was undone, and go back to the list."""
        try:
            return super().form_valid(form)
        except RefusedError as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.next_url)


# Registered after Wagtail's, in place of those of the same `action_type`.
@hooks.register("register_bulk_action", order=1)
class AssignRole(AccountsWithinReachMixin, ForUserMixin, bulk_actions.AssignRoleBulkAction):
    """Put the chosen accounts into a group."""

    form_class = OwnRoleForm


@hooks.register("register_bulk_action", order=1)
class SetActiveState(AccountsWithinReachMixin, bulk_actions.SetActiveStateBulkAction):
    """Enable or disable the chosen accounts."""


@hooks.register("register_bulk_action", order=1)
class Delete(AccountsWithinReachMixin, bulk_actions.DeleteBulkAction):
    """Delete the chosen accounts."""
