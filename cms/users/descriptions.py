"""Descriptions of rights, for messages to users who lack them."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Permission, User
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import PAGE_PERMISSION_TYPES, Collection, GroupApprovalTask, Page, Site

from cms.users.rights import Right, RightKind
from cms.visibility import visible_title

# The number of rights that a message names. A user who lacks more need not read them all.
MAX_NAMED_RIGHTS = 3

ACTIONS = {
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
    "view": pgettext_lazy("right", "view"),
    "choose": pgettext_lazy("right", "choose"),
    "publish": pgettext_lazy("right", "publish"),
}

# Wagtail 7 lists the full names of the permissions, Wagtail 8 lists them without the model.
PAGE_ACTIONS = {name.removesuffix("_page"): label for name, label, _long in PAGE_PERMISSION_TYPES}


def describe_rights(rights: Iterable[Right], user: User) -> str:
    """Describe the first of `rights` for `user`, with an ellipsis if there are more.

    A page's title is included only if `user` may see the page. This matters because the form for
    a group's rights accepts the key of any page.
    """
    rights = sorted(rights)
    shown = rights[:MAX_NAMED_RIGHTS]
    permissions = permissions_of(shown)
    words = [describe_right(right, permissions, user) for right in shown]
    return "; ".join(words + ["…"] * (len(rights) > MAX_NAMED_RIGHTS))


def permissions_of(rights: Iterable[Right]) -> dict[str, Permission]:
    """Return the permissions that `rights` name, by their full name (`auth.change_user`)."""
    wanted = Q(pk=None)
    for app_label, _dot, codename in (right.name.partition(".") for right in rights):
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in found}


def describe_right(right: Right, permissions: Mapping[str, Permission], user: User) -> str:
    """Return the description of one right for `user`."""
    if right.kind == RightKind.EVERYTHING:
        return _("everything (superuser)")
    scope = visible_scope_name(right, user)
    if right.kind in (RightKind.READ_PAGE, RightKind.READ_COLLECTION):
        return _("read what is private: “%(place)s”") % {"place": scope}
    if right.kind == RightKind.APPROVE:
        return _("approve in the workflow task “%(task)s”") % {"task": scope}
    permission = permissions[right.name]
    words = f"{permission.content_type.name}: {action_of(permission)}"
    return f"{words} (“{scope}”)" if scope else words


def action_of(permission: Permission) -> str:
    """Return the name of the action that a permission allows on the objects of its model."""
    model = permission.content_type.model
    action = permission.codename.removesuffix(f"_{model}")
    label = (PAGE_ACTIONS if model == "page" else ACTIONS).get(action)
    return str(label) if label else _(permission.name)


def visible_scope_name(right: Right, user: User) -> str:
    """Return the name of the right's scope, as far as `user` may see it.

    Return "" for a right on a whole model.
    """
    if right.kind == RightKind.MODEL:
        return ""
    match right.kind:
        case RightKind.PAGE | RightKind.READ_PAGE:
            scope = Page.objects.filter(path=right.scope).first()
        case RightKind.COLLECTION | RightKind.READ_COLLECTION:
            scope = Collection.objects.filter(path=right.scope).first()
        case RightKind.SITE:
            scope = Site.objects.filter(pk=right.scope).first()
        case RightKind.APPROVE:
            scope = GroupApprovalTask.objects.filter(pk=right.scope).first()
    # The object may be deleted while the rights are compared.
    if scope is None:
        return _("deleted meanwhile")
    return visible_title(user, scope) if isinstance(scope, Page) else str(scope)
