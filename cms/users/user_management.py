"""Checks that an active account can always manage users.

Without such an account, only a developer could repair the site.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from cms.users.refusals import RefusedError

# The permissions that are needed to manage users. The second gives access to the admin.
USER_MANAGER_PERMISSIONS = ("auth.change_user", "wagtailadmin.access_admin")


def users_who_manage_users() -> QuerySet[User]:
    """Return the active accounts that may manage users."""
    found = get_user_model().objects.all()
    for right in USER_MANAGER_PERMISSIONS:
        # Django requires a backend's name if there are several. Here both backends give the same
        # permissions.
        holders = found.model.objects.with_perm(
            right, backend="django.contrib.auth.backends.ModelBackend"
        )
        found = found.filter(pk__in=holders.order_by().values("pk"))
    return found.order_by("pk")


@contextmanager
def ensure_user_manager_remains() -> Iterator[None]:
    """Roll back the block and raise `RefusedError` if nobody could manage users afterwards.

    The rows of users who manage users are locked. If two of them disable each other at the same
    time, the second transaction waits for the first. SQLite locks no rows, but allows only one
    transaction at a time.
    """
    with transaction.atomic():
        before = list(users_who_manage_users().select_for_update(no_key=True))
        yield
        if before and not users_who_manage_users().exists():
            raise RefusedError(
                _(
                    "Nobody could manage users after this: “%(account)s” is the last active "
                    "account that may. Let another active account manage users first."
                )
                % {"account": ", ".join(map(get_user_display_name, before))}
            )
