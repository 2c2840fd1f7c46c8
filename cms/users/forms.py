"""Forms that give rights: nobody gives those that they lack, or takes the last ones away."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.models import AbstractBaseUser, Group
from django.utils.translation import gettext as _
from wagtail.users.forms import GroupForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm

from cms.users.managers import keeping_a_manager
from cms.users.refusals import groups_out_of_reach, why_not_group


def offer_own_groups(field: forms.ModelChoiceField, user: AbstractBaseUser) -> None:
    """Show in `field` the groups that `user` may give.

    The others stay valid choices for the field, so that whoever sends one reads which right is
    lacking (`refuse_others`), and not that there is no such group.
    """
    groups = list(Group.objects.order_by("name"))
    hidden = groups_out_of_reach(user, groups)
    offered = [(group.pk, group.name) for group in groups if group.pk not in hidden]
    blank = getattr(field, "empty_label", None)
    field.choices = [("", blank), *offered] if blank else offered


def refuse_others(groups: Iterable[Group], user: AbstractBaseUser) -> None:
    """Raise a validation error for those of `groups` that `user` may not give."""
    groups = list(groups)
    hidden = groups_out_of_reach(user, groups)
    if hidden:
        raise forms.ValidationError(
            [why_not_group(user, group) for group in groups if group.pk in hidden]
        )


class KeepingAManagerMixin:
    """A form after which somebody can still manage users.

    The form sees to it, and not the view, so that nothing else has happened when it refuses: a
    view that has saved a new password of one's own has begun a new session.
    """

    def save(self, commit: bool = True):
        """Save, or raise `RefusedError`."""
        with keeping_a_manager():
            return super().save(commit=commit)


class PortalGroupForm(KeepingAManagerMixin, GroupForm):
    """The name of a group, and its rights over models."""


class OwnRoleForm(RoleForm):
    """The group into which chosen accounts are put."""

    def __init__(self, *args, for_user: AbstractBaseUser, **kwargs):
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields["role"].label = _("Role")
        offer_own_groups(self.fields["role"], for_user)

    def clean_role(self) -> Group:
        """Refuse a group with rights that the giver lacks."""
        refuse_others([self.cleaned_data["role"]], self.for_user)
        return self.cleaned_data["role"]
