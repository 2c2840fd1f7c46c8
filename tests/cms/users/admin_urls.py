"""URLs of the admin views that change accounts and groups."""

from django.urls import reverse


def edit_user_url(user):
    """Return the URL of the view that changes an account."""
    return reverse("wagtailusers_users:edit", args=[user.pk])


def delete_user_url(user):
    """Return the URL of the view that deletes an account."""
    return reverse("wagtailusers_users:delete", args=[user.pk])


def bulk_action_url(action, *users):
    """Return the URL of a bulk action on several accounts."""
    address = reverse("wagtail_bulk_action", args=["auth", "user", action])
    return f"{address}?" + "&".join(f"id={user.pk}" for user in users)


def edit_group_url(group):
    """Return the URL of the view that changes a group."""
    return reverse("wagtailusers_groups:edit", args=[group.pk])


def delete_group_url(group):
    """Return the URL of the view that deletes a group."""
    return reverse("wagtailusers_groups:delete", args=[group.pk])
