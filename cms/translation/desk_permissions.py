"""The actions that a user may take on a translation now, and why others are not possible."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.translation.rights import may_publish, may_translate
from cms.visibility import may_review


@dataclass(frozen=True)
class Rejection:
    """The comment of a reviewer who sent a translation back."""

    comment: str
    reviewer: User | None
    rejected_at: datetime


@dataclass(frozen=True)
class DeskPermissions:
    """The actions that one user may take on a translation now.

    `read_only_reason` says why nothing may be changed. It is `""` if the translation may be
    changed.
    """

    read_only_reason: str
    may_submit_for_review: bool
    may_cancel_review: bool
    may_publish: bool
    may_review: bool
    rejection: Rejection | None

    @property
    def is_writable(self) -> bool:
        """Return whether the translation may be changed."""
        return not self.read_only_reason


def desk_permissions_of(user: User | AnonymousUser, page: Page) -> DeskPermissions:
    """Return the `DeskPermissions` of `user`, who may see the translation `page` at the desk."""
    workflow = page.current_workflow_state
    in_review = bool(workflow) and workflow.status == WorkflowState.STATUS_IN_PROGRESS
    reason = read_only_reason_of(user, page, in_review)
    return DeskPermissions(
        read_only_reason=reason,
        may_submit_for_review=not reason and page.has_workflow,
        may_cancel_review=in_review and workflow.requested_by_id == user.pk,
        may_publish=not reason and may_publish(user, page),
        may_review=in_review and may_review(user, page),
        rejection=rejection_of(workflow),
    )


def read_only_reason_of(user: User | AnonymousUser, page: Page, in_review: bool) -> str:
    """Return why `user` may not change the translation now, `""` if it may be changed."""
    if in_review:
        return _("This translation waits for review. It cannot be changed until that is over.")
    if not may_translate(user, page):
        return _("This page is locked. It cannot be changed until somebody unlocks it.")
    return ""


def rejection_of(workflow: WorkflowState | None) -> Rejection | None:
    """Return the `Rejection` of a reviewer who asked for changes, `None` if nobody did."""
    if not workflow or workflow.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    task = workflow.current_task_state
    return Rejection(task.specific.get_comment(), task.finished_by, task.finished_at)
