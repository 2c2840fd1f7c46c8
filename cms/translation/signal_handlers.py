"""Signal handlers that react to changes of pages, translated texts and reviews."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail import signals
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.signals import about_to_publish
from cms.text.slugs import slug_from
from cms.translation import drafts, localize, page_edits, progress, sync


@receiver(pre_save, sender=StringTranslation)
def slug_in_plain_letters(
    sender: type[StringTranslation], instance: StringTranslation, **kwargs: Any
) -> None:
    """Build a translated slug like every other slug.

    wagtail-localize would drop the letter đ.
    """
    if instance.context.path == "slug":
        instance.data = slug_from(instance.data)


@receiver(post_save, sender=Revision)
def read_revision_back(
    sender: type[Revision],
    instance: Revision,
    update_fields: frozenset[str] | None,
    **kwargs: Any,
) -> None:
    """Read each saved revision of a translation back to the desk, from any user and any view."""
    if update_fields:
        # Scheduling a revision does not change its content.
        return
    page = instance.content_object
    translation = localize.translation_of(page) if isinstance(page, Page) else None
    if translation is not None:
        page_edits.read_back(translation, instance)
        progress.note_work(translation, instance.user)


@receiver(about_to_publish)
def refuse_gaps(sender: type[Page], page: Page, revision: Revision, **kwargs: Any) -> None:
    """Refuse to publish a revision of a translation that contains untranslated text."""
    drafts.check_publishable(page, revision)


@receiver(signals.page_published)
def sync_or_note_approval(
    sender: type[Page], instance: Page, revision: Revision, **kwargs: Any
) -> None:
    """Synchronise the translations of a published original.

    For a published translation, record the approved texts.
    """
    if instance.alias_of_id:
        return
    translation = localize.translation_of(instance)
    if translation is None:
        sync.sync_translations(instance)
        return
    progress.note_approval(translation, revision)


@receiver(signals.page_unpublished)
def unpublish_with_original(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Unpublish the translations with their original."""
    sync.unpublish_translations(instance)
    recount(instance)


@receiver([signals.workflow_submitted, signals.workflow_rejected])
@receiver([signals.workflow_cancelled, signals.workflow_approved])
def recount_after_review(
    sender: type[WorkflowState], instance: WorkflowState, **kwargs: Any
) -> None:
    """Update the review state of a translation on the board."""
    page = instance.content_object
    if isinstance(page, Page):
        recount(page)


@receiver([post_save, post_delete], sender=Translation)
def recount_after_translation_change(
    sender: type[Translation], instance: Translation, **kwargs: Any
) -> None:
    """Update the board after a translation is started, stopped or deleted."""
    recount_later(instance.source.object_id)


@receiver(post_save, sender=TranslationSource)
def recount_after_source_change(
    sender: type[TranslationSource], instance: TranslationSource, **kwargs: Any
) -> None:
    """Update the board after a source is refreshed by anyone."""
    recount_later(instance.object_id)


@receiver(post_save, sender=Locale)
def list_in_new_language(
    sender: type[Locale], instance: Locale, created: bool, **kwargs: Any
) -> None:
    """Create a row for every page in a language that was added."""
    if created:
        transaction.on_commit(lambda: progress.list_everything(instance))


def recount(page: Page) -> None:
    """Count the rows of a page again, whether it is an original or a translation."""
    recount_key(page.translation_key)


def recount_later(translation_key: UUID) -> None:
    """Count the rows again after the transaction commits, when the change is complete."""
    transaction.on_commit(lambda: recount_key(translation_key))


def recount_key(translation_key: UUID) -> None:
    """Count the rows of all pages with this translation key again."""
    for row in progress.rows_of(translation_key):
        progress.count(row)
