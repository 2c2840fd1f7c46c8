"""The reason why a page cannot be deleted. The rule itself is in cms/models/permissions.py."""

from django.utils.functional import Promise

from cms.models.permissions import PortalPagePermissionTester


def reason_not_to_delete(user, page) -> str | Promise | None:
    """Return why `user` may not delete `page`.

    Return `None` if the user may delete it, or if Wagtail decides.
    """
    tester = page.permissions_for_user(user)
    return tester.reason_not_to_delete() if isinstance(tester, PortalPagePermissionTester) else None
