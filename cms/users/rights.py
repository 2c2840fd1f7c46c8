"""Rights as sets that can be compared: what an account or a group may do, and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from wagtail.models import (
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    PageViewRestriction,
)


class Kind(StrEnum):
    """What a right is about."""

    EVERYTHING = "everything"
    MODEL = "model"
    PAGE = "page"
    COLLECTION = "collection"
    SITE = "site"
    READ_PAGE = "read page"
    READ_COLLECTION = "read collection"
    APPROVE = "approve"


class Right(NamedTuple):
    """One right: its kind, the permission (`auth.change_user`), and where it holds.

    The place of a page or a collection is its path in the tree, which begins with the paths of
    those above it; that of a site or a task is its key.
    """

    kind: Kind
    name: str = ""
    place: str = ""


Rights = frozenset[Right]

# What a superuser has.
EVERYTHING = Right(Kind.EVERYTHING)

NAME = Concat("permission__content_type__app_label", Value("."), "permission__codename")


def lacking(own: Rights, others: Rights) -> Rights:
    """Return what `others` may do and `own` may not."""
    return frozenset(right for right in others if not covers(own, right))


def covers(own: Rights, right: Right) -> bool:
    """Say whether whoever holds `own` may do what `right` allows.

    They hold it, or hold it further up in the tree, or hold a right with which they could give it
    to themselves.
    """
    if EVERYTHING in own or right in own:
        return True
    match right.kind:
        case Kind.PAGE | Kind.COLLECTION:
            return any(right._replace(place=place) in own for place in above(right.place))
        case Kind.SITE:
            return Right(Kind.MODEL, right.name) in own
        # Who publishes a page, changes a collection or a task says who else is let in; Wagtail
        # asks for the right to tasks, and not to those of one kind.
        case Kind.READ_PAGE:
            return covers(own, Right(Kind.PAGE, "wagtailcore.publish_page", right.place))
        case Kind.READ_COLLECTION:
            return covers(own, Right(Kind.COLLECTION, "wagtailcore.change_collection", right.place))
        case Kind.APPROVE:
            return Right(Kind.MODEL, "wagtailcore.change_task") in own
    return False


def above(path: str) -> Iterator[str]:
    """Yield the paths of all that stands above the node with `path`."""
    return (path[:end] for end in range(Page.steplen, len(path), Page.steplen))


def rights_of(user: AbstractBaseUser) -> Rights:
    """Return the rights of one account."""
    return rights_of_users([user])[user.pk]


def rights_of_users(users: Iterable[AbstractBaseUser]) -> dict[int, Rights]:
    """Return the rights of each account, whether it is active or not, in three queries.

    A disabled account can be enabled again, so it counts as what it would then be.
    """
    User = get_user_model()  # noqa: N806 - a class
    found = {user.pk: {EVERYTHING} if user.is_superuser else set() for user in users}
    memberships = list(
        User.groups.through.objects.filter(user__in=found).values_list("user_id", "group_id")
    )
    of_groups = rights_of_groups({group for _user, group in memberships})
    for user, group in memberships:
        found[user] |= of_groups[group]
    own = User.user_permissions.through.objects.filter(user__in=found)
    for user, name in own.values_list("user_id", NAME):
        found[user].add(Right(Kind.MODEL, name))
    return {user: frozenset(rights) for user, rights in found.items()}


def rights_of_groups(groups: Iterable[Group | int]) -> dict[int, Rights]:
    """Return what each group gives to its members, in one query."""
    keys = [getattr(group, "pk", group) for group in groups]
    found = defaultdict(set)
    for group, kind, name, place in grants(keys):
        found[group].add(Right(Kind(kind), name, place))
    return {key: frozenset(found[key]) for key in keys}


def grants(groups: list[int]) -> QuerySet:
    """Return rows of group, kind, name and place: all that being in `groups` gives.

    Being in a group lets people read private pages and approve in a workflow, too.
    """
    nothing = Value("", output_field=CharField())
    read_pages = PageViewRestriction.groups.through.objects.filter(
        pageviewrestriction__restriction_type=PageViewRestriction.GROUPS
    )
    read_collections = CollectionViewRestriction.groups.through.objects.filter(
        collectionviewrestriction__restriction_type=CollectionViewRestriction.GROUPS
    )
    sources = [
        (Kind.MODEL, Group.permissions.through.objects, NAME, nothing),
        (Kind.PAGE, GroupPagePermission.objects, NAME, F("page__path")),
        (Kind.COLLECTION, GroupCollectionPermission.objects, NAME, F("collection__path")),
        (Kind.SITE, GroupSitePermission.objects, NAME, key_of("site_id")),
        (Kind.READ_PAGE, read_pages, nothing, F("pageviewrestriction__page__path")),
        (
            Kind.READ_COLLECTION,
            read_collections,
            nothing,
            F("collectionviewrestriction__collection__path"),
        ),
        (
            Kind.APPROVE,
            GroupApprovalTask.groups.through.objects,
            nothing,
            key_of("groupapprovaltask_id"),
        ),
    ]
    first, *others = [
        given.filter(group__in=groups).values_list(
            "group_id", Value(kind.value, output_field=CharField()), name, place
        )
        for kind, given, name, place in sources
    ]
    return first.union(*others)


def key_of(field: str) -> Cast:
    """Return a key as text, to stand in one column with paths."""
    return Cast(field, CharField())
