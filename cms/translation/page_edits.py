"""What somebody writes into a translated page by hand is read back into its segments.

So it is not lost when the page is made from its original again, as it is in wagtail-localize
(https://github.com/wagtail/wagtail-localize/issues/876).
"""

from collections import defaultdict
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError

from cms.translation import localize, progress
from cms.translation.models import TranslatedRevision


def read_back(translation, revision):
    """Take the texts of `revision` that differ from those of the desk, and note what it is made of.

    A text whose original has not changed is kept as its translation; of one whose original has, it
    becomes the earlier translation, to choose from. Texts of no original are noted as `unplaced`.
    A picture, a file or an address that was chosen in the page becomes the translation's own.
    Returns the `TranslatedRevision`.
    """
    unplaced = take_differences(translation, revision)
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


def restart(translation, user):
    """Keep the page in step with its original again, with what was edited by hand meanwhile."""
    localize.set_enabled(translation, enabled=True)
    revision = localize.target_of(translation).get_latest_revision()
    if revision is not None:
        read_back(translation, revision)
    progress.note_work(translation, user)


def take_differences(translation, revision):
    """Take each text of `revision` that the desk would not have put there; return the unplaced."""
    page = localize.build_translated_page(translation)
    # As a revision gives it back: a picture's alt text shows up in the values only then.
    our_texts, our_choices = localize.parts_of(page.with_content_json(page.serializable_data()))
    their_texts, their_choices = localize.parts_of(revision.as_object())
    take_choices(translation, our_choices, their_choices, revision)
    ours, theirs = by_path(our_texts), by_path(their_texts)
    if ours == theirs:
        return []
    unplaced = []
    segments = by_path(localize.segments(translation))
    for path in dict.fromkeys([*ours, *theirs]):
        for segment, text in differing_pairs(segments[path], ours[path], theirs[path]):
            if segment is None or not take(translation, segment, text, revision.user):
                unplaced.append(text.html)
    return unplaced


def take_choices(translation, ours, theirs, revision):
    """Keep each picture, file and address that somebody chose in the page of `revision`.

    What was so before, when the page was last in step, follows its original.
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


def previous_synced_revision(revision):
    """Return the revision before `revision` that was in step with its original, if there is one."""
    made = TranslatedRevision.objects.filter(
        revision__base_content_type=revision.base_content_type_id,
        revision__object_id=revision.object_id,
        revision__created_at__lt=revision.created_at,
    )
    made = made.select_related("revision").order_by("-revision__created_at").first()
    return made and made.revision


def by_path(texts):
    """Return the texts, or segments, of each place, in their order."""
    found = defaultdict(list)
    for text in texts:
        found[text.path].append(text)
    return found


def differing_pairs(segments, ours, theirs):
    """Return pairs of a segment, or `None`, and the text that stands in its place."""
    pairs = []
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        replaced = segments[start:end] if len(segments) == len(ours) else []
        news = theirs[new_start:new_end]
        if len(replaced) != len(news):
            replaced = [None] * len(news)
        pairs += zip(replaced, news, strict=True)
    return pairs


def take(translation, segment, text, user):
    """Keep `text` for the segment; say whether that could be done."""
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
