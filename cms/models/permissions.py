"""Who deletes which page: one rule, asked wherever the admin asks for rights over a page."""

from collections.abc import Callable
from dataclasses import dataclass

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

    `applies_to` asks one page in memory, without a query where a listing fetched it. `condition`
    asks all pages below it in one query. Both mean the same. `reason` is shown in the first case,
    `reason_below` in the second.
    """

    reason: str | Promise
    reason_below: str | Promise
    applies_to: Callable
    condition: Callable


def _of_page(model, **fields):
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
    """What a user may do with a page: as in Wagtail, but for deleting it.

    Wagtail lets whoever changes pages delete what others write, and whoever publishes delete what
    is live.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Say whether the user may delete the page, with all that stands below it."""
        return self.why_not_delete(ignore_bulk) is None

    def can_move(self) -> bool:
        """Ask for the right to move as Wagtail does, whose rule is that of deletion."""
        return super().can_delete(ignore_bulk=True)

    @property
    def administers(self) -> bool:
        """Say whether the user deletes what others wrote here.

        That is a superuser, or whoever publishes and holds the right to "delete pages with
        children": rights that a group is given in the admin, whatever its name.
        """
        return self._may("change", "publish", "bulk_delete")

    def why_not_delete(self, ignore_bulk: bool = False) -> str | Promise | None:
        """Return what keeps the user from deleting the page, in words; `None` where nothing does.

        The page is asked first, then all pages below it together, in a few queries for any number.
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

    def _obstacles(self):
        """Return what counts for the user here; nothing where the user deletes no page at all."""
        if self.administers:
            return FOR_ADMINISTRATORS
        if self._may("change", "publish"):
            return FOR_MODERATORS
        return FOR_EDITORS if self._may("add") else ()

    def _may(self, *rights):
        """Say whether the user holds all `rights` over the page."""
        if not self.user.is_active:
            return False
        return self.user.is_superuser or self.permissions.issuperset(rights)
