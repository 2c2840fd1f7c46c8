"""Fixtures and helpers for accounts and groups with chosen rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.users.models import UserProfile

from tests.cms.users.clock import AttemptsClock

# The permissions of a user who manages accounts and groups and does nothing else.
USER_MANAGER_RIGHTS = [
    "wagtailadmin.access_admin",
    *(
        f"auth.{action}_{model}"
        for action in ("add", "change", "delete")
        for model in ("user", "group")
    ),
]


def permission(name):
    """Return the permission with a name like `auth.change_user`."""
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def make_group(name, *rights, pages=(), collections=()):
    """Create a group.

    `rights` are names of permissions on models. `pages` and `collections` are pairs of the name of
    a permission and the page or collection where it holds.
    """
    group = Group.objects.create(name=name)
    group.permissions.set(map(permission, rights))
    for right, page in pages:
        GroupPagePermission.objects.create(group=group, page=page, permission=permission(right))
    for right, collection in collections:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=permission(right)
        )
    return group


@pytest.fixture
def clock(monkeypatch):
    """The clock of the limits on passwords."""
    return AttemptsClock(monkeypatch)


@pytest.fixture
def make_user(django_user_model):
    """A function that creates accounts: `make_user("thuha", group, is_active=False)`."""

    def make(username, *groups, **fields):
        user = django_user_model.objects.create_user(
            username, first_name=username, password="Mot-Mat-Khau-Dai-2026", **fields
        )
        user.groups.set(groups)
        return user

    return make


@pytest.fixture
def superuser(make_user):
    """A superuser, who may do everything."""
    return make_user("gocre", is_superuser=True)


@pytest.fixture
def user_managers_group(db):
    """A group whose members manage accounts and groups and do nothing else."""
    return make_group("Personnel", *USER_MANAGER_RIGHTS)


@pytest.fixture
def user_manager(make_user, user_managers_group):
    """A user who manages accounts and groups and does nothing else."""
    return make_user("nhansu", user_managers_group)


@pytest.fixture
def sign_in_as():
    """A function that returns signed-in clients with an English admin: `sign_in_as(user)`."""

    def sign_in(user):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
        client = Client()
        client.force_login(user)
        return client

    return sign_in
