"""Why a page is not deleted. The rule itself stands in cms/models/permissions.py."""

from django.utils.functional import Promise

from cms.models.permissions import PortalPagePermissionTester


def why_not_delete(user, page) -> str | Promise | None:
    """Return why `user` may not delete `page`, `None` where the user may or Wagtail decides."""
    tester = page.permissions_for_user(user)
    return tester.why_not_delete() if isinstance(tester, PortalPagePermissionTester) else None
