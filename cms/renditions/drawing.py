"""Drawing of renditions in the background.

It begins when a page that shows them is submitted for review, so that they exist for the first
reader. Missing renditions are drawn when the page is published.
"""

import logging
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, workflow_submitted

from cms.models import BodyPage
from cms.operations.failed_tasks import name_task

logger = logging.getLogger(__name__)


@task(backend="background")
def draw_renditions(wanted: list[list[Any]]) -> None:
    """Draw the missing renditions of `wanted`: pairs of a picture's key and a list of filter specs.

    A picture that cannot be drawn, perhaps because its file is lost, is logged. The others are
    drawn.
    """
    pictures = get_image_model().objects.in_bulk([pk for pk, _specs in wanted])
    for pk, specs in wanted:
        if picture := pictures.get(pk):
            try:
                picture.get_renditions(*specs)
            except Exception:
                # An error of any kind in one picture must not stop the others.
                logger.exception("The sizes of picture %s cannot be drawn", pk)


name_task(draw_renditions, _("Drawing the sizes of the pictures of a page"))


def enqueue_renditions(page: BodyPage) -> None:
    """Enqueue the drawing of all renditions of `page`, for all places that show them."""
    wanted: dict[int, dict[str, None]] = {}
    for picture, use in page.picture_uses():
        wanted.setdefault(picture.pk, {}).update(dict.fromkeys(use.filter_specs))
    if not wanted:
        return
    try:
        draw_renditions.enqueue([[pk, list(specs)] for pk, specs in wanted.items()])
    except Exception:
        # The page must be published even if its renditions cannot be drawn in advance.
        logger.exception("The sizes of the pictures of %s were not ordered", page)


@receiver(page_published)
def draw_after_publishing(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Enqueue the renditions once the page is committed."""
    if isinstance(instance, BodyPage):
        transaction.on_commit(lambda: enqueue_renditions(instance))


@receiver(workflow_submitted)
def draw_for_review(sender: type[WorkflowState], instance: WorkflowState, **kwargs: Any) -> None:
    """Enqueue the renditions of the submitted draft, as it will be published."""
    draft = instance.content_object.get_latest_revision_as_object()
    if isinstance(draft, BodyPage):
        transaction.on_commit(lambda: enqueue_renditions(draft))
