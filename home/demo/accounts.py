"""The four user accounts of the demo."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User


@dataclass(frozen=True)
class Account:
    """A user who can sign in, and the group that gives the user permissions."""

    username: str
    full_name: str
    group: str


ACCOUNTS = (
    Account("quantri", "Phạm Quỳnh Mai", "Administrators"),
    Account("bientap", "Trần Thu Hà", "Editors"),
    Account("duyetbai", "Lê Minh Khang", "Moderators"),
    Account("phiendich", "Nguyễn Bảo Châu", "Translators (English)"),
)


def create_accounts(password: str) -> list[User]:
    """Create the missing accounts, all with `password`, and return the created users."""
    users = []
    for account in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(
            username=account.username,
            # Django shows first_name first, but a Vietnamese name starts with the family name.
            defaults={"first_name": account.full_name},
        )
        if created:
            user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=account.group))
            users.append(user)
    return users
