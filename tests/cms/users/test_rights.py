"""The comparison of rights: what a user with some rights may do, give and take."""

import pytest

from cms.users.rights import EVERYTHING, Right, RightKind, covers, rights_of, rights_of_users
from tests.cms.users.conftest import make_group, permission
from tests.factories import member_of

HERE, ABOVE, BESIDE = "000100010002", "00010001", "000100010003"
CHANGE_PAGE = "wagtailcore.change_page"


def page(name, path):
    """Return the right on a page with this path, and on all pages below it."""
    return Right(RightKind.PAGE, f"wagtailcore.{name}_page", path)


@pytest.mark.parametrize(
    ("own", "right", "is_covered"),
    [
        (EVERYTHING, Right(RightKind.MODEL, "auth.add_user"), True),
        (page("change", ABOVE), page("change", HERE), True),
        (page("change", HERE), page("change", HERE), True),
        (page("change", HERE), page("change", ABOVE), False),
        (page("change", BESIDE), page("change", HERE), False),
        (page("publish", ABOVE), page("change", HERE), False),
        (Right(RightKind.MODEL, CHANGE_PAGE), page("change", HERE), False),
        (Right(RightKind.MODEL, "a.b"), Right(RightKind.SITE, "a.b", "1"), True),
        (Right(RightKind.MODEL, "a.c"), Right(RightKind.SITE, "a.b", "1"), False),
        (Right(RightKind.SITE, "a.b", "2"), Right(RightKind.SITE, "a.b", "1"), False),
        (page("publish", ABOVE), Right(RightKind.READ_PAGE, scope=HERE), True),
        (page("change", ABOVE), Right(RightKind.READ_PAGE, scope=HERE), False),
        (
            Right(RightKind.COLLECTION, "wagtailcore.change_collection", "0001"),
            Right(RightKind.READ_COLLECTION, scope="00010001"),
            True,
        ),
        (
            Right(RightKind.COLLECTION, "wagtailcore.add_collection", "0001"),
            Right(RightKind.READ_COLLECTION, scope="00010001"),
            False,
        ),
        (
            Right(RightKind.MODEL, "wagtailcore.change_task"),
            Right(RightKind.APPROVE, scope="1"),
            True,
        ),
        (
            Right(RightKind.MODEL, "wagtailcore.change_workflow"),
            Right(RightKind.APPROVE, scope="1"),
            False,
        ),
    ],
)
def test_a_right_covers_itself_and_what_can_be_had_by_it(own, right, is_covered):
    assert covers(frozenset([own]), right) is is_covered


def test_the_rights_of_an_account_are_its_own_and_those_of_its_groups(make_user, home):
    group = make_group("Viết", "auth.add_user", pages=[(CHANGE_PAGE, home)])
    user = make_user("thuha", group)
    user.user_permissions.add(permission("auth.change_user"))
    assert rights_of(user) == {
        Right(RightKind.MODEL, "auth.add_user"),
        Right(RightKind.MODEL, "auth.change_user"),
        Right(RightKind.PAGE, CHANGE_PAGE, home.path),
    }


def test_a_disabled_account_keeps_its_rights(make_user, superuser):
    group = make_group("Viết", "auth.add_user")
    users = [make_user("nghi", group, is_active=False), superuser]
    assert list(rights_of_users(users).values()) == [
        {Right(RightKind.MODEL, "auth.add_user")},
        {EVERYTHING},
    ]


def test_the_rights_of_twenty_accounts_take_as_many_queries_as_those_of_one(
    db, django_assert_num_queries
):
    """The queries fetch the memberships, the rights of the groups, and the accounts' own rights."""
    users = [member_of("Editors", username=f"u{number}") for number in range(20)]
    for some in (users[:1], users):
        with django_assert_num_queries(3):
            rights_of_users(some)
