"""From the translator to those who publish, through the page's own workflow."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from cms.translation import drafts, progress

NO_WORKFLOW_MESSAGE = _("No workflow is set for this page. Ask an administrator.")


@transaction.atomic
def submit_for_review(translation, user):
    """Save the work and ask for its review; raises `ValidationError` where it has gaps.

    What was sent back goes on with the reviewer who asked for changes.
    """
    revision = drafts.save_draft(translation, user)
    page = Page.objects.get(pk=revision.object_id).specific
    drafts.check_publishable(page, revision)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
        progress.note_work(translation, user)
        return
    workflow = page.get_workflow()
    if workflow is None:
        raise ValidationError(NO_WORKFLOW_MESSAGE)
    workflow.start(page, user)


def cancel_review(page, user):
    """Take a translation out of review, to go on with it, if `user` asked for the review."""
    state = page.current_workflow_state
    if state and state.user_can_cancel(user):
        state.cancel(user=user)
        return True
    return False
