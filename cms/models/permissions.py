"""The rule for deleting pages. The admin uses it wherever it checks permissions on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState

NO_RIGHT = _("You do not have the right to delete pages here.")
HAS_CHILDREN = _("There are pages below it: delete those first, or ask an administrator.")
HOLDS_KEPT = _("Below it there is a page that you may not delete.")
HOLDS_LIVE = _("Below it there is a published page: unpublish that one first.")


@dataclass(frozen=True)
class Obstacle:
    """A reason why a user may not delete a page.

    `applies_to` checks one page in memory, without a query if a listing fetched the data.
    `condition` checks all pages below it in one query. Both have the same meaning. If `applies_to`
    matches, the user sees `reason`. If `condition` matches, the user sees `reason_below`.
    """

    reason: str | Promise
    reason_below: str | Promise
    applies_to: Callable[[Page, User], bool]
    condition: Callable[[User], Q]


def _of_page(model: type[Revision] | type[WorkflowState], **fields: Any) -> Q:
    """Return the condition that a row of `model`, a revision or a review, belongs to the page."""
    rows = model.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=Cast(OuterRef("pk"), CharField()),
        **fields,
    )
    return Q(Exists(rows))


LIVE = Obstacle(
    _("It is published: unpublish it first."),
    HOLDS_LIVE,
    lambda page, user: page.live,
    lambda user: Q(live=True),
)
PUBLISHED_ONCE = Obstacle(
    _("It was published: a moderator or an administrator deletes it, once it is withdrawn."),
    HOLDS_KEPT,
    lambda page, user: page.live or page.first_published_at is not None,
    lambda user: Q(live=True) | Q(first_published_at__isnull=False),
)
SOMEBODY_ELSES_DRAFT = Obstacle(
    _("It is a draft of somebody else: its author or an administrator deletes it."),
    HOLDS_KEPT,
    lambda page, user: page.first_published_at is None and page.owner_id != user.pk,
    lambda user: Q(first_published_at__isnull=True) & ~Q(owner=user),
)
IN_REVIEW = Obstacle(
    _("It is in review: cancel the review or have it returned first."),
    HOLDS_KEPT,
    lambda page, user: page.workflow_in_progress,
    lambda user: _of_page(WorkflowState, status=WorkflowState.STATUS_IN_PROGRESS),
)
SCHEDULED = Obstacle(
    _("It is going to be published at a set time: cancel that first."),
    HOLDS_KEPT,
    lambda page, user: page.approved_schedule,
    lambda user: _of_page(Revision, approved_go_live_at__isnull=False),
)

FOR_ADMINISTRATORS = (LIVE,)
FOR_MODERATORS = (LIVE, SOMEBODY_ELSES_DRAFT, IN_REVIEW, SCHEDULED)
FOR_EDITORS = (PUBLISHED_ONCE, SOMEBODY_ELSES_DRAFT, IN_REVIEW, SCHEDULED)


class PortalPagePermissionTester(PagePermissionTester):
    """The permissions of a user on a page. They are Wagtail's, except for deletion.

    In Wagtail, a user who may change pages may delete the pages of other users. A user who may
    publish pages may delete live pages.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Return whether the user may delete the page and all pages below it."""
        return self.reason_not_to_delete(ignore_bulk) is None

    def can_move(self) -> bool:
        """Return whether the user may move the page: Wagtail's rule, which is its deletion rule."""
        return super().can_delete(ignore_bulk=True)

    @property
    def administers(self) -> bool:
        """Return whether the user may delete the pages of other users here.

        This is true for a superuser. It is also true for a user with the permissions to change, to
        publish and to "delete pages with children". A group gets these permissions in the admin,
        whatever its name is.
        """
        return self._may("change", "publish", "bulk_delete")

    def reason_not_to_delete(self, ignore_bulk: bool = False) -> str | Promise | None:
        """Return the text of the reason why the user may not delete the page, or `None`.

        The page is checked first. Then all pages below it are checked together: the number of
        queries is small and does not depend on the number of pages.
        """
        if not self.user.is_active or self.page_is_root:
            return NO_RIGHT
        obstacles = self._obstacles()
        if not obstacles:
            return NO_RIGHT
        for obstacle in obstacles:
            if obstacle.applies_to(self.page, self.user):
                return obstacle.reason
        if self.page.is_leaf():
            return None
        if not (ignore_bulk or self.administers or self._may("bulk_delete")):
            return HAS_CHILDREN
        below = self.page.get_descendants()
        for obstacle in obstacles:
            if below.filter(obstacle.condition(self.user)).exists():
                return obstacle.reason_below
        return None

    def _obstacles(self) -> tuple[Obstacle, ...]:
        """Return the obstacles to check for the user here.

        Return an empty tuple if the user may delete no page here at all.
        """
        if self.administers:
            return FOR_ADMINISTRATORS
        if self._may("change", "publish"):
            return FOR_MODERATORS
        return FOR_EDITORS if self._may("add") else ()

    def _may(self, *rights: str) -> bool:
        """Return whether the user has all permissions in `rights` on the page."""
        if not self.user.is_active:
            return False
        return self.user.is_superuser or self.permissions.issuperset(rights)
