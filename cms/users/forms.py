"""Forms that grant rights.

Users cannot grant rights that they lack. They cannot remove the last account that manages users.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _
from wagtail.users.forms import GroupForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm

from cms.users.refusals import groups_with_more_rights, reason_not_to_change_group
from cms.users.user_management import ensure_user_manager_remains


def limit_to_grantable_groups(field: forms.ModelChoiceField, user: User) -> None:
    """Show only the groups in `field` that `user` may grant.

    The other groups stay valid values of the field. A user who sends one then reads which right
    they lack (`refuse_ungrantable_groups`), and not that the group does not exist.
    """
    groups = list(Group.objects.order_by("name"))
    hidden = groups_with_more_rights(user, groups)
    offered = [(group.pk, group.name) for group in groups if group.pk not in hidden]
    blank = getattr(field, "empty_label", None)
    field.choices = [("", blank), *offered] if blank else offered


def refuse_ungrantable_groups(groups: Iterable[Group], user: User) -> None:
    """Raise `ValidationError` for those of `groups` that `user` may not grant."""
    groups = list(groups)
    hidden = groups_with_more_rights(user, groups)
    if hidden:
        raise forms.ValidationError(
            [reason_not_to_change_group(user, group) for group in groups if group.pk in hidden]
        )


class EnsureUserManagerRemainsMixin:
    """A form that refuses to remove the last account that can manage users.

    The check is in the form and not in the view, because a view does more than save. For example,
    the view that saves a user's own new password also begins a new session. If the form refuses,
    nothing else has happened yet.
    """

    def save(self, commit: bool = True) -> User | Group:
        """Save the form, or raise `RefusedError` if nobody could manage users afterwards."""
        with ensure_user_manager_remains():
            # The other base class of each form that uses the mixin has this method.
            return super().save(commit=commit)  # type: ignore[misc]


class PortalGroupForm(EnsureUserManagerRemainsMixin, GroupForm):
    """The form for the name of a group and its rights on models."""


class GrantableRoleForm(RoleForm):
    """The form that chooses a group for the selected accounts."""

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields["role"].label = _("Role")
        limit_to_grantable_groups(self.fields["role"], for_user)

    def clean_role(self) -> Group:
        """Refuse a group with rights that `for_user` lacks."""
        refuse_ungrantable_groups([self.cleaned_data["role"]], self.for_user)
        return self.cleaned_data["role"]
