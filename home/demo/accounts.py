"""The four people of the demo."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


@dataclass(frozen=True)
class Account:
    """Someone who can sign in, and the group that says what they may do."""

    username: str
    full_name: str
    group: str


ACCOUNTS = (
    Account("quantri", "Phạm Quỳnh Mai", "Administrators"),
    Account("bientap", "Trần Thu Hà", "Editors"),
    Account("duyetbai", "Lê Minh Khang", "Moderators"),
    Account("phiendich", "Nguyễn Bảo Châu", "Translators (English)"),
)


def create_accounts(password):
    """Create the accounts that are missing, all with `password`; return the users created."""
    users = []
    for account in ACCOUNTS:
        user, created = get_user_model().objects.get_or_create(
            # Django puts the first name first; a Vietnamese name is written family name first.
            username=account.username,
            defaults={"first_name": account.full_name},
        )
        if created:
            user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=account.group))
            users.append(user)
    return users
