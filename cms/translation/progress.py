"""The rows of the board, which are counted again whenever a page changes."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, WorkflowState

from cms.translation import diff, localize
from cms.translation.models import (
    MIN_URGENCY,
    PageTranslation,
    PageTranslationQuerySet,
    State,
    TranslatedRevision,
)

# The fields of a row that are counted. The others hold the translator and the approval.
COUNTED = (
    *("posted_at", "translation", "state", "urgency", "stale_since"),
    *("segment_count", "translated_count", "changed_count"),
)

# The maximum number of changed texts that count towards the urgency of a page.
MAX_CHANGES_COUNTED = 99


def is_original(page: Page) -> bool:
    """Return whether the board lists `page`, because it is not a translation of another page."""
    if page.alias_of_id or page.depth < 2:
        return False
    if localize.is_translation(page):
        return False
    if localize.source_of(page) is not None:
        return True
    # The pages were written by hand in both languages: the default language is the original.
    others = page.get_translations().select_related("locale")
    default = settings.LANGUAGE_CODE
    return page.locale.language_code == default or not any(
        translated_page.locale.language_code == default for translated_page in others
    )


def list_page(page: Page) -> None:
    """Create the missing board rows of `page`, one per other language, and count them all."""
    if not is_original(page):
        return
    for locale in Locale.objects.exclude(pk=page.locale_id):
        row, _created = PageTranslation.objects.get_or_create(source_page_id=page.pk, locale=locale)
        count(row)


def row_of(translation: localize.Translation) -> PageTranslation:
    """Return the board row of a page's `Translation`; create it if it is missing."""
    original = localize.original_of(translation)
    row, _created = PageTranslation.objects.get_or_create(
        source_page_id=original.pk, locale_id=translation.target_locale_id
    )
    return row


@transaction.atomic
def count(row: PageTranslation) -> None:
    """Count `row` again from the page, its translation and the last published revision."""
    page = row.source_page.specific_deferred
    row.posted_at = page.first_published_at
    row.translation = translation = localize.any_translation(page, row.locale_id)
    translated_page = page.get_translations().filter(locale=row.locale_id, alias_of=None).first()
    if translated_page is None and not page.live:
        row.delete()
        return
    if translation is None or translated_page is None or not translation.enabled:
        count_unsynced(row, translated_page)
    else:
        count_segments(row, translation, translated_page)
    row.urgency = max(row.urgency, MIN_URGENCY.get(row.state, 0))
    write(row, *COUNTED)


def write(row: PageTranslation, *fields: str) -> None:
    """Write only these fields, because others may have changed since `row` was read.

    If the row was deleted, write nothing.
    """
    values = {name: getattr(row, name) for name in fields}
    PageTranslation.objects.filter(pk=row.pk).update(**values)


def count_unsynced(row: PageTranslation, translated_page: Page | None) -> None:
    """Count a page that wagtail-localize does not synchronise.

    It is either missing or written by hand.
    """
    row.segment_count = row.translated_count = row.changed_count = 0
    row.urgency, row.stale_since = 0, None
    row.state = (
        State.MISSING if translated_page is None else state_of(translated_page, is_stale=False)
    )


def count_segments(
    row: PageTranslation, translation: localize.Translation, translated_page: Page
) -> None:
    """Count the translated segments and the changes since the last approval."""
    segments = localize.segments(translation)
    row.segment_count = len(segments)
    row.translated_count = sum(segment.is_done for segment in segments)
    weights = changed_weights(row, segments) if row.approved_at else []
    row.changed_count = len(weights)
    row.urgency = max(weights) * 100 + min(len(weights), MAX_CHANGES_COUNTED) if weights else 0
    is_stale = bool(weights) and translated_page.live
    if not weights:
        row.stale_since = None
    elif row.stale_since is None:
        row.stale_since = translation.source.last_updated_at
    row.state = state_of(translated_page, is_stale)


def changed_weights(row: PageTranslation, segments: Iterable[localize.Segment]) -> list[int]:
    """Return the weight of each difference between the approved and the current source."""
    approved = dict.fromkeys(tuple(key) for key in row.approved_strings)
    present = {tuple(segment.key): segment for segment in segments}
    gone = [key for key in approved if key not in present]
    new = [key for key in present if key not in approved]
    texts = localize.source_texts({string for _context, string in gone})
    weights = []
    for context in dict.fromkeys(context for context, _string in [*gone, *new]):
        olds = [texts[s] for c, s in gone if c == context and s in texts]
        news = [present[key].source for key in new if key[0] == context]
        pairs = diff.match_versions(olds, news)
        for text, index in zip(news, pairs, strict=True):
            weights.append(diff.weight("" if index is None else olds[index], text))
        weights += [diff.weight(old, "") for i, old in enumerate(olds) if i not in pairs]
    return weights


def state_of(translated_page: Page, is_stale: bool) -> State:
    """Return the `State` of a page that exists in the language."""
    workflow = WorkflowState.objects.active().for_instance(translated_page).first()
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return State.REVIEW
    if workflow and workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return State.RETURNED
    if is_stale:
        return State.STALE
    return State.PUBLISHED if translated_page.live else State.DRAFT


def note_approval(translation: localize.Translation, revision: Revision) -> None:
    """Record the source strings of `revision`, which was published, as approved."""
    made = TranslatedRevision.objects.filter(revision=revision).first()
    if made is None:
        return
    row = row_of(translation)
    row.approved_strings, row.approved_at = made.source_strings, timezone.now()
    write(row, "approved_strings", "approved_at")
    count(row)


def note_work(translation: localize.Translation, user: User | None) -> PageTranslation:
    """Record `user` as the translator of the translation, and count it again."""
    row = row_of(translation)
    if user is not None:
        row.translator = user
        write(row, "translator")
    count(row)
    return row


def rows_of(translation_key: UUID) -> PageTranslationQuerySet:
    """Return the rows of the pages that are translations of each other."""
    return PageTranslation.objects.filter(
        source_page__translation_key=translation_key
    ).select_related("source_page", "locale")


def list_everything(locale: Locale) -> None:
    """Create the rows of all published originals in `locale`, a language that was added.

    Count those that have a page in that language already.
    """
    list_originals(locale)
    translated_pages = Page.objects.filter(locale=locale, depth__gt=1).values("translation_key")
    for row in PageTranslation.objects.filter(
        locale=locale, source_page__translation_key__in=translated_pages
    ).select_related("source_page", "locale"):
        count(row)


def list_originals(locale: Locale) -> None:
    """Create a row for each published original that has none in `locale`.

    Its state is "missing".
    """
    listed = PageTranslation.objects.filter(locale=locale).values("source_page")
    originals = (
        Page.objects.live()
        .filter(depth__gt=1, alias_of=None, locale__language_code=settings.LANGUAGE_CODE)
        .exclude(locale=locale)
        .exclude(pk__in=listed)
    )
    rows = (
        PageTranslation(
            source_page_id=pk,
            locale=locale,
            posted_at=posted_at,
            urgency=MIN_URGENCY[State.MISSING],
        )
        for pk, posted_at in originals.values_list("pk", "first_published_at").iterator()
    )
    PageTranslation.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
