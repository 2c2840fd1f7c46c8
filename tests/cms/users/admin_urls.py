"""Where accounts and groups are changed in the admin."""

from django.urls import reverse


def edit_user_url(user):
    """Return where an account is changed."""
    return reverse("wagtailusers_users:edit", args=[user.pk])


def delete_user_url(user):
    """Return where an account is deleted."""
    return reverse("wagtailusers_users:delete", args=[user.pk])


def bulk_action_url(action, *users):
    """Return where something is done to several accounts at once."""
    address = reverse("wagtail_bulk_action", args=["auth", "user", action])
    return f"{address}?" + "&".join(f"id={user.pk}" for user in users)


def edit_group_url(group):
    """Return where a group is changed."""
    return reverse("wagtailusers_groups:edit", args=[group.pk])


def delete_group_url(group):
    """Return where a group is deleted."""
    return reverse("wagtailusers_groups:delete", args=[group.pk])
