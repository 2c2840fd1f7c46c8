"""What is typed at the desk is kept as it is typed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text.spelling import normalise
from cms.translation import drafts, localize, progress
from cms.translation.segment_rows import digest

# How many characters one text may have.
MAX_CHARACTERS = 100_000


@dataclass(frozen=True)
class SegmentInput:
    """What somebody typed for a segment.

    `seen_digest` is the digest of what was kept when they began; `is_confirmed` says that they
    stand for the text even where they left it as it was.
    """

    text: str
    seen_digest: str
    is_confirmed: bool = False


class ConflictError(Exception):
    """Somebody else changed the segment meanwhile."""


class TooLongError(ValidationError):
    """A text that no page would hold."""


def save(translation, segment, segment_input, user):
    """Keep what was typed for a segment; say whether that changed anything.

    Raises `ConflictError` rather than overwrite what its author has not seen, and `ValidationError`
    for a text that is too long to be kept.
    """
    if len(segment_input.text) > MAX_CHARACTERS:
        raise TooLongError(too_long(segment_input.text))
    text = in_lines(normalise(segment_input.text).strip(), segment)
    kept = segment.initial_text
    is_same = digest(text) == segment_input.seen_digest
    if is_same and not segment_input.is_confirmed:
        return False
    if segment_input.seen_digest != digest(kept) and text != kept:
        raise ConflictError
    html = localize.as_stored(text, segment.is_plain)
    if html == segment.translation and not segment.is_machine and not segment.error:
        return False
    localize.save_string(translation, segment, html, user)
    return True


def too_long(text):
    """Say in words that the text is too long."""
    words = _("This text has %(length)d characters. At most %(limit)d can be kept.")
    return words % {"length": len(text), "limit": MAX_CHARACTERS}


def in_lines(text, segment):
    """Return the text with the ends of lines that its place can have."""
    lines = text.splitlines()
    return ("\n" if "<br/>" in segment.source and segment.is_plain else " ").join(lines)


def save_page_draft(translation, user):
    """Save the present translations as a draft; say what the page did not take."""
    try:
        drafts.save_draft(translation, user)
    except ValidationError as error:
        # What is saved is counted by itself; here nothing was.
        progress.note_work(translation, user)
        return " ".join(error.messages)
    return ""


@transaction.atomic
def save_segment(translation, segment_id, segment_input, user):
    """Keep what was typed for one segment; return what the page did not take.

    Raises what `save` raises, and `LookupError` where there is no such segment.
    """
    localize.lock(translation)
    segments = {segment.id: segment for segment in localize.segments(translation)}
    if save(translation, segments[segment_id], segment_input, user):
        return save_page_draft(translation, user)
    return ""


@transaction.atomic
def save_segments(translation, inputs_by_id, user):
    """Keep what was typed for any number of segments; return what was not kept and why, by id.

    The reasons are a `ConflictError` or a `ValidationError`.
    """
    localize.lock(translation)
    refused, changed = {}, False
    for segment in localize.segments(translation):
        segment_input = inputs_by_id.get(segment.id)
        if segment_input is None:
            continue
        try:
            changed = save(translation, segment, segment_input, user) or changed
        except (ConflictError, ValidationError) as error:
            refused[segment.id] = error
    if changed:
        save_page_draft(translation, user)
    return refused
