"""What is refused, and the sentence that says why."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from cms.users.descriptions import described
from cms.users.rights import lacking, rights_of, rights_of_groups, rights_of_users


class RefusedError(Exception):
    """A change that must be undone; its text is the sentence for whoever tried."""


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    """Answer as Wagtail does where it refuses, with a sentence that says more than Wagtail's."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied(reason)
    messages.error(request, reason)
    return redirect("wagtailadmin_home")


def out_of_reach(user: AbstractBaseUser, accounts: Iterable[AbstractBaseUser]) -> set[int]:
    """Return the keys of those accounts that may do more than `user`, who may not change them."""
    accounts = list(accounts)
    rights = rights_of_users([user, *accounts])
    return {each.pk for each in accounts if lacking(rights[user.pk], rights[each.pk])}


def groups_out_of_reach(user: AbstractBaseUser, groups: Iterable[Group]) -> set[int]:
    """Return the keys of those groups that may do more than `user`, who may not give them."""
    own = rights_of(user)
    return {key for key, rights in rights_of_groups(groups).items() if lacking(own, rights)}


def why_not_account(user: AbstractBaseUser, account: AbstractBaseUser) -> str:
    """Return why `user` may not change `account`, or nothing."""
    rights = rights_of_users([user, account])
    missing = lacking(rights[user.pk], rights[account.pk])
    if not missing:
        return ""
    return _(
        "You cannot change the account “%(account)s”. It has rights that you lack: %(rights)s."
    ) % {
        "account": get_user_display_name(account),
        "rights": described(missing, user),
    }


def why_not_group(user: AbstractBaseUser, group: Group) -> str:
    """Return why `user` may neither change the group nor put anybody in it, or nothing."""
    missing = lacking(rights_of(user), rights_of_groups([group])[group.pk])
    if not missing:
        return ""
    return _(
        "You cannot change or give the group “%(group)s”. It has rights that you lack: %(rights)s."
    ) % {
        "group": group,
        "rights": described(missing, user),
    }
