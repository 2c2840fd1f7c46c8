"""Synchronisation of translations with their original: texts, other changes, unpublishing."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from wagtail.models import Page

from cms.translation import drafts, localize, progress
from cms.translation.models import PageTranslation


def live_translations_of(page: Page) -> QuerySet[Page]:
    """Return the live translations of `page`, none if it is a translation itself."""
    if page.locale.language_code != localize.original_language(page):
        return Page.objects.none()
    return page.get_translations().live()


def unpublish_translations(page: Page) -> None:
    """Unpublish the translations of `page`, whether a user or a program unpublished `page`."""
    for translation in live_translations_of(page):
        translation.specific.unpublish()


def sync_translations(page: Page) -> None:
    """Synchronise the translations of an original with its published content, and count them.

    New and changed texts wait for a translator. Changes that need no translation (a date, a
    picture, the order, a deleted text) reach a published translation at once.
    """
    source = localize.source_of(page)
    if source is not None and localize.refresh(source):
        for translation in localize.enabled_translations(source):
            if is_fully_approved(translation):
                publish_if_valid(translation)
    progress.list_page(page)


def is_fully_approved(translation: localize.Translation) -> bool:
    """Return whether a published translation has all current texts translated and approved."""
    row = PageTranslation.objects.filter(translation=translation).first()
    page = localize.target_of(translation)
    # A draft, in review or not, may contain a picture, a file or an address that nobody approved.
    if row is None or row.approved_at is None or not page.live or page.has_unpublished_changes:
        return False
    segments = localize.segments(translation)
    approved = {tuple(key) for key in row.approved_strings}
    if not all(segment.is_done and tuple(segment.key) in approved for segment in segments):
        return False
    newest = localize.last_translated_at(translation)
    return newest is None or newest <= row.approved_at


def publish_if_valid(translation: localize.Translation) -> None:
    """Publish a translation whose texts are all approved.

    If validation fails, a person has to publish it.
    """
    try:
        drafts.publish(translation, user=None)
    except ValidationError:
        return
