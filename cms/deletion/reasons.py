"""The reason why a page cannot be deleted. The rule itself is in cms/models/permissions.py."""

from django.contrib.auth.models import AnonymousUser, User
from django.utils.functional import Promise
from wagtail.models import Page

from cms.models.permissions import PortalPagePermissionTester


def reason_not_to_delete(user: User | AnonymousUser, page: Page) -> str | Promise | None:
    """Return why `user` may not delete `page`.

    Return `None` if the user may delete it, or if Wagtail decides.
    """
    tester = page.permissions_for_user(user)
    return tester.reason_not_to_delete() if isinstance(tester, PortalPagePermissionTester) else None
