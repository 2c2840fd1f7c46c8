"""At least one active account can always manage users."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from wagtail import hooks

from cms.users.refusals import RefusedError
from cms.users.user_management import ensure_user_manager_remains, users_who_manage_users
from tests.cms.users.admin_urls import (
    bulk_action_url,
    delete_user_url,
    edit_group_url,
    edit_user_url,
)
from tests.cms.users.conftest import make_group, permission
from tests.cms.users.test_groups import errors, group_form, user_form
from tests.cms.users.test_views import edit_user_form, messages_of
from tests.home.test_roles import is_refused


@pytest.fixture
def administrators(db):
    """The group of administrators."""
    return Group.objects.get(name="Administrators")


def test_managers_are_the_active_who_may_change_users_and_enter_the_admin(
    administrator, superuser, editor, make_user, administrators
):
    own = make_user("rieng")
    own.user_permissions.set(map(permission, ["auth.change_user", "wagtailadmin.access_admin"]))
    make_user("nghi", administrators, is_active=False)
    make_user("goc-nghi", is_superuser=True, is_active=False)
    outside = make_user("ngoai")
    outside.user_permissions.add(permission("auth.change_user"))
    assert set(users_who_manage_users()) == {administrator, superuser, own}


def test_where_nobody_manages_users_nothing_is_refused_for_it(editor):
    """Such a site was made by a program. A refusal would only stop its repair."""
    assert not users_who_manage_users()
    with ensure_user_manager_remains():
        editor.first_name = "Hà"
        editor.save()
    editor.refresh_from_db()
    assert editor.first_name == "Hà"


def test_the_last_one_does_not_leave_the_group(sign_in_as, administrator, editor):
    client = sign_in_as(administrator)
    groups = list(editor.groups.all())
    assert errors(
        client.post(edit_user_url(administrator), user_form(administrator.username, *groups))
    ) == [
        (
            "Nobody could manage users after this: “administrators” is the last active account "
            "that may. Let another active account manage users first."
        )
    ]
    assert administrator.groups.get().name == "Administrators"


def test_who_is_refused_stays_signed_in(sign_in_as, administrator):
    """A refused user stays signed in.

    The form also holds a new password. It is not set, so the session stays valid.
    """
    client = sign_in_as(administrator)
    assert errors(client.post(edit_user_url(administrator), user_form(administrator.username)))
    assert client.get(edit_user_url(administrator)).status_code == 200


def test_what_else_was_typed_with_it_is_not_saved_and_not_lost(sign_in_as, administrator):
    client = sign_in_as(administrator)
    response = client.post(edit_user_url(administrator), edit_user_form(administrator, groups=[]))
    assert response.context["form"]["first_name"].value() == "Tên mới"
    assert "updated" not in " ".join(messages_of(client))
    administrator.refresh_from_db()
    assert administrator.first_name == ""


def test_one_of_two_leaves_the_group(sign_in_as, administrator, administrators, make_user):
    make_user("quantri2", administrators)
    sign_in_as(administrator).post(
        edit_user_url(administrator), edit_user_form(administrator, groups=[])
    )
    assert not administrator.groups.exists()


def test_a_disabled_one_is_no_other(sign_in_as, administrator, administrators, make_user):
    make_user("quantri2", administrators, is_active=False)
    make_user("gocre", is_superuser=True, is_active=False)
    assert errors(
        sign_in_as(administrator).post(
            edit_user_url(administrator), edit_user_form(administrator, groups=[])
        )
    )


def test_a_superuser_is_another(sign_in_as, administrator, superuser):
    sign_in_as(administrator).post(
        edit_user_url(administrator), edit_user_form(administrator, groups=[])
    )
    assert not administrator.groups.exists()


def test_the_last_superuser_stays_one_without_groups(sign_in_as, superuser):
    client = sign_in_as(superuser)
    assert (
        client.post(edit_user_url(superuser), edit_user_form(superuser, is_active="")).status_code
        == 302
    )
    assert is_refused(client.post(delete_user_url(superuser)))
    client.post(bulk_action_url("delete", superuser))
    client.post(bulk_action_url("set_active_state", superuser), {"mark_as_active": "False"})
    superuser.refresh_from_db()
    assert (superuser.is_active, superuser.is_superuser) == (True, True)


def test_who_deletes_accounts_but_does_not_change_them_deletes_no_manager(
    sign_in_as, administrator, administrators, make_user
):
    group = make_group("Deleting", "wagtailadmin.access_admin", "auth.delete_user")
    client = sign_in_as(make_user("xoa", group))
    assert is_refused(client.post(delete_user_url(administrator)))
    client.post(bulk_action_url("delete", administrator))
    assert list(users_who_manage_users()) == [administrator]


# Two user managers who remove each other at the same time

EACH_OTHER = {
    "disables": (
        "before_edit_user",
        lambda client, user: client.post(edit_user_url(user), edit_user_form(user, is_active="")),
    ),
    "takes out of the group": (
        "before_edit_user",
        lambda client, user: client.post(edit_user_url(user), edit_user_form(user, groups=[])),
    ),
    "deletes": ("before_delete_user", lambda client, user: client.post(delete_user_url(user))),
    "disables with others": (
        "before_bulk_action",
        lambda client, user: client.post(
            bulk_action_url("set_active_state", user), {"mark_as_active": "False"}
        ),
    ),
    "deletes with others": (
        "before_bulk_action",
        lambda client, user: client.post(bulk_action_url("delete", user)),
    ),
}


@pytest.mark.parametrize("act", EACH_OTHER)
def test_who_is_disabled_in_the_midst_of_it_does_not_remove_the_last_one(
    sign_in_as, administrator, administrators, make_user, act
):
    last = make_user("quantri2", administrators)
    hook, request = EACH_OTHER[act]

    def disable_who_acts(*args):
        get_user_model().objects.filter(pk=administrator.pk).update(is_active=False)

    with hooks.register_temporarily(hook, disable_who_acts):
        response = request(sign_in_as(administrator), last)
    last.refresh_from_db()
    assert last.is_active
    assert last.groups.get() == administrators
    messages = get_messages(response.wsgi_request)
    assert "“quantri2” is the last active account" in " ".join(map(str, messages))


@pytest.fixture
def two_managers(django_db_setup, django_db_blocker):
    """Two administrators that every connection sees.

    They are committed, and deleted at the end of the test.
    """
    with django_db_blocker.unblock():
        User = get_user_model()  # noqa: N806 - a class
        User.objects.filter(username__startswith="song-song-").delete()  # left by a killed run
        users = [User.objects.create_user(f"song-song-{number}") for number in range(2)]
        Group.objects.get(name="Administrators").user_set.add(*users)
        try:
            yield users
        finally:
            User.objects.filter(pk__in=[user.pk for user in users]).delete()


def disable(user):
    """Disable an account as the forms do, on this thread's own connection."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
            with ensure_user_manager_remains():
                get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    finally:
        connection.close()


def test_a_second_one_waits_for_the_first_and_is_then_refused(two_managers):
    first, second = two_managers
    with ThreadPoolExecutor(1) as other_process:
        with ensure_user_manager_remains():
            get_user_model().objects.filter(pk=first.pk).update(is_active=False)
            with pytest.raises(OperationalError):
                other_process.submit(disable, second).result()
        with pytest.raises(RefusedError):
            other_process.submit(disable, second).result()
    assert list(users_who_manage_users()) == [second]


def test_a_group_keeps_the_right_that_makes_the_last_manager(
    sign_in_as, administrator, administrators
):
    client = sign_in_as(administrator)
    for right in ("auth.change_user", "wagtailadmin.access_admin"):
        sent = group_form(client, edit_group_url(administrators))
        sent["permissions"].remove(str(permission(right).pk))
        assert (
            "“administrators” is the last"
            in errors(client.post(edit_group_url(administrators), sent))[0]
        )
        assert administrators.permissions.filter(pk=permission(right).pk).exists()


def test_the_group_of_the_last_manager_is_not_deleted(sign_in_as, administrator, administrators):
    client = sign_in_as(administrator)
    address = reverse("wagtailusers_groups:delete", args=[administrators.pk])
    assert is_refused(client.post(address))
    assert "“administrators” is the last" in messages_of(client)[0]
    assert administrators.user_set.get() == administrator


def test_a_group_may_go_whose_members_manage_users_by_another(
    sign_in_as, administrator, administrators, user_manager
):
    client = sign_in_as(administrator)
    client.post(reverse("wagtailusers_groups:delete", args=[administrators.pk]))
    assert list(users_who_manage_users()) == [user_manager]
