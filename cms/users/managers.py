"""Somebody can always manage users: without anyone, only a developer could mend that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from cms.users.refusals import RefusedError

# Rights that managing users takes: the second is the door to the admin.
NEEDED = ("auth.change_user", "wagtailadmin.access_admin")


def managers() -> QuerySet:
    """Return the active accounts that may manage users."""
    found = get_user_model().objects.all()
    for right in NEEDED:
        # Django asks for the name of one when there are several; both know the same rights.
        holders = found.model.objects.with_perm(
            right, backend="django.contrib.auth.backends.ModelBackend"
        )
        found = found.filter(pk__in=holders.order_by().values("pk"))
    return found.order_by("pk")


@contextmanager
def keeping_a_manager() -> Iterator[None]:
    """Undo what is done within, and raise `RefusedError`, if nobody could manage users after it.

    The managers are locked, so that two of them who disable each other at the same time do so one
    after the other. SQLite, which locks no rows, lets one transaction in at a time.
    """
    with transaction.atomic():
        before = list(managers().select_for_update(no_key=True))
        yield
        if before and not managers().exists():
            raise RefusedError(
                _(
                    "Nobody could manage users after this: “%(account)s” is the last active "
                    "account that may. Let another active account manage users first."
                )
                % {"account": ", ".join(map(get_user_display_name, before))}
            )
