"""Refused changes, and the messages that say why they are refused."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name

from cms.users.descriptions import describe_rights
from cms.users.rights import missing_rights, rights_of, rights_of_groups, rights_of_users


class RefusedError(Exception):
    """A change that must be undone. The text of the error is the message for the user."""


def refuse(request: HttpRequest, reason: str) -> HttpResponse:
    """Refuse the request as Wagtail does, with a message that says more than Wagtail's."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied(reason)
    messages.error(request, reason)
    return redirect("wagtailadmin_home")


def users_with_more_rights(user: User, accounts: Iterable[User]) -> set[int]:
    """Return the keys of accounts with rights that `user` lacks. `user` may not change them."""
    accounts = list(accounts)
    rights = rights_of_users([user, *accounts])
    return {each.pk for each in accounts if missing_rights(rights[user.pk], rights[each.pk])}


def groups_with_more_rights(user: User, groups: Iterable[Group]) -> set[int]:
    """Return the keys of groups with rights that `user` lacks. `user` may not grant them."""
    own = rights_of(user)
    return {key for key, rights in rights_of_groups(groups).items() if missing_rights(own, rights)}


def reason_not_to_change_user(user: User, account: User) -> str:
    """Return why `user` may not change `account`, or ""."""
    rights = rights_of_users([user, account])
    missing = missing_rights(rights[user.pk], rights[account.pk])
    if not missing:
        return ""
    return _(
        "You cannot change the account “%(account)s”. It has rights that you lack: %(rights)s."
    ) % {
        "account": get_user_display_name(account),
        "rights": describe_rights(missing, user),
    }


def reason_not_to_change_group(user: User, group: Group) -> str:
    """Return why `user` may neither change the group nor add members to it, or ""."""
    missing = missing_rights(rights_of(user), rights_of_groups([group])[group.pk])
    if not missing:
        return ""
    return _(
        "You cannot change or give the group “%(group)s”. It has rights that you lack: %(rights)s."
    ) % {
        "group": group,
        "rights": describe_rights(missing, user),
    }
