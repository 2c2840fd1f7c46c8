"""Rights in words, for those who are told that they lack them."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import PAGE_PERMISSION_TYPES, Collection, GroupApprovalTask, Page, Site

from cms.users.rights import Kind, Right
from cms.visibility import known_title

# How many rights a sentence names; who lacks more of them need not read them all.
SHOWN = 3

ACTIONS = {
    "add": pgettext_lazy("right", "add"),
    "change": pgettext_lazy("right", "change"),
    "delete": pgettext_lazy("right", "delete"),
    "view": pgettext_lazy("right", "view"),
    "choose": pgettext_lazy("right", "choose"),
    "publish": pgettext_lazy("right", "publish"),
}

# Wagtail 7 names the permissions whole, Wagtail 8 without the model.
PAGE_ACTIONS = {name.removesuffix("_page"): label for name, label, _long in PAGE_PERMISSION_TYPES}


def described(rights: Iterable[Right], user: AbstractBaseUser) -> str:
    """Return the first of `rights` in words for `user`, and a sign if there are more.

    A page is named only to who may know of it: a form of rights takes the key of any page.
    """
    rights = sorted(rights)
    shown = rights[:SHOWN]
    permissions = permissions_of(shown)
    words = [in_words(right, permissions, user) for right in shown]
    return "; ".join(words + ["…"] * (len(rights) > SHOWN))


def permissions_of(rights: Iterable[Right]) -> dict[str, Permission]:
    """Return the permissions that `rights` name."""
    wanted = Q(pk=None)
    for app_label, _dot, codename in (right.name.partition(".") for right in rights):
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    found = Permission.objects.filter(wanted).select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in found}


def in_words(right: Right, permissions: dict[str, Permission], user: AbstractBaseUser) -> str:
    """Return one right in words for `user`."""
    if right.kind == Kind.EVERYTHING:
        return _("everything (superuser)")
    place = name_of_place(right, user)
    if right.kind in (Kind.READ_PAGE, Kind.READ_COLLECTION):
        return _("read what is private: “%(place)s”") % {"place": place}
    if right.kind == Kind.APPROVE:
        return _("approve in the workflow task “%(task)s”") % {"task": place}
    permission = permissions[right.name]
    words = f"{permission.content_type.name}: {action_of(permission)}"
    return f"{words} (“{place}”)" if place else words


def action_of(permission: Permission) -> str:
    """Return what a permission allows to do with the things of its model."""
    model = permission.content_type.model
    action = permission.codename.removesuffix(f"_{model}")
    label = (PAGE_ACTIONS if model == "page" else ACTIONS).get(action)
    return str(label) if label else _(permission.name)


def name_of_place(right: Right, user: AbstractBaseUser) -> str:
    """Return the name of what the right is bound to, as `user` may know it; "" of a model."""
    if right.kind == Kind.MODEL:
        return ""
    match right.kind:
        case Kind.PAGE | Kind.READ_PAGE:
            place = Page.objects.filter(path=right.place).first()
        case Kind.COLLECTION | Kind.READ_COLLECTION:
            place = Collection.objects.filter(path=right.place).first()
        case Kind.SITE:
            place = Site.objects.filter(pk=right.place).first()
        case Kind.APPROVE:
            place = GroupApprovalTask.objects.filter(pk=right.place).first()
    # Somebody may delete it while the rights are compared.
    if place is None:
        return _("deleted meanwhile")
    return known_title(user, place) if isinstance(place, Page) else str(place)
