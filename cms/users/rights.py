"""Rights of accounts and groups as comparable sets: what they may do, and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import Group, User
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


class RightKind(StrEnum):
    """The kind of a right, which says what the right concerns."""

    EVERYTHING = "everything"
    MODEL = "model"
    PAGE = "page"
    COLLECTION = "collection"
    SITE = "site"
    READ_PAGE = "read page"
    READ_COLLECTION = "read collection"
    APPROVE = "approve"


class Right(NamedTuple):
    """One right: its kind, the name of its permission (`auth.change_user`), and its scope.

    The scope of a right on a page or a collection is the path in the tree. This path begins with
    the paths of the ancestors. The scope of a right on a site or a workflow task is the key.
    """

    kind: RightKind
    name: str = ""
    scope: str = ""


Rights = frozenset[Right]

# The right of a superuser.
EVERYTHING = Right(RightKind.EVERYTHING)

PERMISSION_NAME = Concat("permission__content_type__app_label", Value("."), "permission__codename")


def missing_rights(own: Rights, others: Rights) -> Rights:
    """Return the rights in `others` that `own` does not cover."""
    return frozenset(right for right in others if not covers(own, right))


def covers(own: Rights, right: Right) -> bool:
    """Return whether a user with the rights `own` may do what `right` allows.

    There are three cases. The user has the right itself, or has the same right higher up in the
    tree. Or the user has another right with which they can give themselves this one.
    """
    if EVERYTHING in own or right in own:
        return True
    match right.kind:
        case RightKind.PAGE | RightKind.COLLECTION:
            return any(right._replace(scope=scope) in own for scope in ancestor_paths(right.scope))
        case RightKind.SITE:
            return Right(RightKind.MODEL, right.name) in own
        # Users who may publish a page or change a collection choose the groups that may read it.
        # Users who may change tasks choose the groups that may approve. Wagtail checks the
        # permission for all tasks, not for one type of task.
        case RightKind.READ_PAGE:
            return covers(own, Right(RightKind.PAGE, "wagtailcore.publish_page", right.scope))
        case RightKind.READ_COLLECTION:
            return covers(
                own, Right(RightKind.COLLECTION, "wagtailcore.change_collection", right.scope)
            )
        case RightKind.APPROVE:
            return Right(RightKind.MODEL, "wagtailcore.change_task") in own
    return False


def ancestor_paths(path: str) -> Iterator[str]:
    """Return the paths of all ancestors of the node with `path`."""
    return (path[:end] for end in range(Page.steplen, len(path), Page.steplen))


def rights_of(user: User) -> Rights:
    """Return the rights of one account."""
    return rights_of_users([user])[user.pk]


def rights_of_users(users: Iterable[User]) -> dict[int, Rights]:
    """Return the rights of each account by its key, in three queries.

    A disabled account counts like an active one, because it can be enabled again.
    """
    found: dict[int, set[Right]] = {
        user.pk: {EVERYTHING} if user.is_superuser else set() for user in users
    }
    memberships = list(
        User.groups.through.objects.filter(user__in=found).values_list("user_id", "group_id")
    )
    of_groups = rights_of_groups({group for _user, group in memberships})
    for user, group in memberships:
        found[user] |= of_groups[group]
    own = User.user_permissions.through.objects.filter(user__in=found)
    for user, name in own.values_list("user_id", PERMISSION_NAME):
        found[user].add(Right(RightKind.MODEL, name))
    return {user: frozenset(rights) for user, rights in found.items()}


def rights_of_groups(groups: Iterable[Group | int]) -> dict[int, Rights]:
    """Return the rights that each group gives to its members, in one query."""
    keys = [group.pk if isinstance(group, Group) else group for group in groups]
    found: defaultdict[int, set[Right]] = defaultdict(set)
    for group, kind, name, scope in grants(keys):
        found[group].add(Right(RightKind(kind), name, scope))
    return {key: frozenset(found[key]) for key in keys}


def grants(groups: list[int]) -> QuerySet:
    """Return rows of group, kind, name and scope: all rights of the members of `groups`.

    Membership of a group can also allow users to read private pages and approve in a workflow.
    """
    nothing = Value("", output_field=CharField())
    read_pages = PageViewRestriction.groups.through.objects.filter(
        pageviewrestriction__restriction_type=PageViewRestriction.GROUPS
    )
    read_collections = CollectionViewRestriction.groups.through.objects.filter(
        collectionviewrestriction__restriction_type=CollectionViewRestriction.GROUPS
    )
    sources = [
        (RightKind.MODEL, Group.permissions.through.objects, PERMISSION_NAME, nothing),
        (RightKind.PAGE, GroupPagePermission.objects, PERMISSION_NAME, F("page__path")),
        (
            RightKind.COLLECTION,
            GroupCollectionPermission.objects,
            PERMISSION_NAME,
            F("collection__path"),
        ),
        (RightKind.SITE, GroupSitePermission.objects, PERMISSION_NAME, key_of("site_id")),
        (RightKind.READ_PAGE, read_pages, nothing, F("pageviewrestriction__page__path")),
        (
            RightKind.READ_COLLECTION,
            read_collections,
            nothing,
            F("collectionviewrestriction__collection__path"),
        ),
        (
            RightKind.APPROVE,
            GroupApprovalTask.groups.through.objects,
            nothing,
            key_of("groupapprovaltask_id"),
        ),
    ]
    first, *others = [
        given.filter(group__in=groups).values_list(
            "group_id", Value(kind.value, output_field=CharField()), name, scope
        )
        for kind, given, name, scope in sources
    ]
    return first.union(*others)


def key_of(field: str) -> Cast:
    """Return a key as text, so that it fits in one column with paths."""
    return Cast(field, CharField())
