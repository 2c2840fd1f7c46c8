"""Manual edits of a translated page, which are read back into its segments.

Without this, an edit is lost when the page is next built from its original, as in wagtail-localize
(https://github.com/wagtail/wagtail-localize/issues/876).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from cms.translation import localize, progress
from cms.translation.models import TranslatedRevision

T = TypeVar("T", localize.Text, localize.Segment)


def read_back(translation: localize.Translation, revision: Revision) -> TranslatedRevision:
    """Store the manual edits of `revision` as translations; return its `TranslatedRevision`.

    An edit is a text of `revision` that differs from the desk's text. If its original has not
    changed, the edit becomes its translation. If the original has changed, the edit becomes the
    translation of the earlier version, which the translator can use again. Texts without an
    original are recorded as `unplaced`. A picture, a file or an address that was chosen in the page
    becomes the translation's own. The `TranslatedRevision` records the source strings of
    `revision`.
    """
    unplaced = store_edited_texts(translation, revision)
    segments = localize.segments(translation)
    made, _created = TranslatedRevision.objects.update_or_create(
        revision=revision,
        defaults={
            "source_strings": [segment.key for segment in segments],
            "gaps": sum(not segment.is_done for segment in segments),
            "unplaced": unplaced,
        },
    )
    return made


def restart(translation: localize.Translation, user: User) -> None:
    """Synchronise the page with its original again.

    Edits that were made by hand while the translation was stopped are kept.
    """
    localize.set_enabled(translation, enabled=True)
    revision = localize.target_of(translation).get_latest_revision()
    if revision is not None:
        read_back(translation, revision)
    progress.note_work(translation, user)


def store_edited_texts(translation: localize.Translation, revision: Revision) -> list[str]:
    """Store the texts of `revision` that differ from the desk's; return the unplaced texts."""
    page = localize.build_translated_page(translation)
    # Serialise and load the page like a revision: only then do its values have pictures' alt texts.
    our_texts, our_choices = localize.parts_of(page.with_content_json(page.serializable_data()))
    their_texts, their_choices = localize.parts_of(revision.as_object())
    store_chosen_objects(translation, our_choices, their_choices, revision)
    ours, theirs = by_path(our_texts), by_path(their_texts)
    if ours == theirs:
        return []
    unplaced: list[str] = []
    segments = by_path(localize.segments(translation))
    for path in dict.fromkeys([*ours, *theirs]):
        for segment, text in differing_pairs(segments[path], ours[path], theirs[path]):
            if segment is None or not store_edit(translation, segment, text, revision.user):
                unplaced.append(text.html)
    return unplaced


def store_chosen_objects(
    translation: localize.Translation,
    ours: Mapping[str, int | str],
    theirs: Mapping[str, int | str],
    revision: Revision,
) -> None:
    """Store each picture, file and address that somebody chose in the page of `revision`.

    A value that the page already had in its previous synchronised revision is not a choice. It
    follows the original.
    """
    if ours.items() >= theirs.items():
        return
    former = previous_synced_revision(revision)
    before = localize.parts_of(former.as_object())[1] if former else {}
    for each in localize.replaceables(translation):
        value = theirs.get(each.path)
        if value is not None and value not in (ours.get(each.path), before.get(each.path)):
            own = None if value == each.value else value
            localize.save_replacement(translation, each, own, revision.user)


def previous_synced_revision(revision: Revision) -> Revision | None:
    """Return the last synchronised revision before `revision`, or `None`."""
    made = TranslatedRevision.objects.filter(
        revision__base_content_type=revision.base_content_type_id,
        revision__object_id=revision.object_id,
        revision__created_at__lt=revision.created_at,
    )
    newest = made.select_related("revision").order_by("-revision__created_at").first()
    return newest and newest.revision


def by_path(texts: Iterable[T]) -> defaultdict[str, list[T]]:
    """Return the texts, or segments, in lists by their path, in page order."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for text in texts:
        found[text.path].append(text)
    return found


def differing_pairs(
    segments: Sequence[localize.Segment],
    ours: Sequence[localize.Text],
    theirs: Sequence[localize.Text],
) -> list[tuple[localize.Segment | None, localize.Text]]:
    """Return pairs of a segment, or `None`, and the text that replaces its translation."""
    pairs: list[tuple[localize.Segment | None, localize.Text]] = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        replaced: Sequence[localize.Segment | None]
        replaced = segments[start:end] if len(segments) == len(ours) else []
        news = theirs[new_start:new_end]
        if len(replaced) != len(news):
            replaced = [None] * len(news)
        pairs += zip(replaced, news, strict=True)
    return pairs


def store_edit(
    translation: localize.Translation,
    segment: localize.Segment,
    text: localize.Text,
    user: User | None,
) -> bool:
    """Store `text` as the translation of the segment; return whether that was possible."""
    html = localize.renamed_links(text, segment.attrs)
    if html is None:
        return False
    if segment.earlier:
        localize.save_earlier(translation, segment, html, user)
        return True
    try:
        localize.save_string(translation, segment, html, user)
    except ValidationError:
        return False
    return True
