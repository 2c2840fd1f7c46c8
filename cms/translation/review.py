"""The review of translations, through the page's own workflow."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from cms.translation import drafts, localize, progress

NO_WORKFLOW_MESSAGE = _("No workflow is set for this page. Ask an administrator.")


@transaction.atomic
def submit_for_review(translation: localize.Translation, user: User) -> None:
    """Save the translation and submit it for review; raise `ValidationError` if it has gaps.

    A translation that was sent back returns to the reviewer who asked for changes.
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


def cancel_review(page: Page, user: User) -> bool:
    """Cancel the review if `user` requested it; return whether it was cancelled.

    The translator can then continue.
    """
    state = page.current_workflow_state
    if state and state.user_can_cancel(user):
        state.cancel(user=user)
        return True
    return False
