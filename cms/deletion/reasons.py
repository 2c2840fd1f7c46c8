"""Why a page is not deleted. The rule itself stands in cms/models/permissions.py."""

from django.utils.functional import Promise

from cms.models.permissions import PortalPagePermissionTester


def reason_not_to_delete(user, page) -> str | Promise | None:
    """Return why `user` may not delete `page`, `None` where the user may or Wagtail decides."""
    tester = page.permissions_for_user(user)
    return tester.reason_not_to_delete() if isinstance(tester, PortalPagePermissionTester) else None
