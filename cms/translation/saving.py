"""Saving of the text that a translator types at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text.spelling import normalise
from cms.translation import drafts, localize, progress
from cms.translation.segment_rows import digest

# The maximum number of characters of one text.
MAX_CHARACTERS = 100_000


@dataclass(frozen=True)
class SegmentInput:
    """The text that a translator typed for a segment.

    `seen_digest` is the digest of the text that was stored when the translator started.
    `is_confirmed` means that the translator confirms the text, even if it is unchanged.
    """

    text: str
    seen_digest: str
    is_confirmed: bool = False


class ConflictError(Exception):
    """Somebody else changed the segment since the translator opened it."""


class TooLongError(ValidationError):
    """A text that is too long for any page."""


def save(
    translation: localize.Translation,
    segment: localize.Segment,
    segment_input: SegmentInput,
    user: User,
) -> bool:
    """Store the text that was typed for a segment; return whether that changed anything.

    Raises `ConflictError` instead of overwriting a text that the translator has not seen. Raises
    `ValidationError` for a text that is too long to be stored.
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


def too_long(text: str) -> str:
    """Return the error message for a text that is too long."""
    words = _("This text has %(length)d characters. At most %(limit)d can be kept.")
    return words % {"length": len(text), "limit": MAX_CHARACTERS}


def in_lines(text: str, segment: localize.Segment) -> str:
    """Return the text with its line breaks if the segment allows them, else with spaces instead."""
    lines = text.splitlines()
    return ("\n" if "<br/>" in segment.source and segment.is_plain else " ").join(lines)


def save_page_draft(translation: localize.Translation, user: User) -> str:
    """Save the current translations as a draft; return the validation errors of the page."""
    try:
        drafts.save_draft(translation, user)
    except ValidationError as error:
        # A saved revision triggers the count through a signal. Here none was saved.
        progress.note_work(translation, user)
        return " ".join(error.messages)
    return ""


@transaction.atomic
def save_segment(
    translation: localize.Translation,
    segment_id: int,
    segment_input: SegmentInput,
    user: User,
) -> str:
    """Store the text that was typed for one segment; return the validation errors of the page.

    Raises the exceptions of `save`, and `LookupError` if there is no such segment.
    """
    localize.lock(translation)
    segments = {segment.id: segment for segment in localize.segments(translation)}
    if save(translation, segments[segment_id], segment_input, user):
        return save_page_draft(translation, user)
    return ""


@transaction.atomic
def save_segments(
    translation: localize.Translation,
    inputs_by_id: Mapping[int, SegmentInput],
    user: User,
) -> dict[int, ConflictError | ValidationError]:
    """Store the texts that were typed for any number of segments; return the refused ones.

    The result contains a `ConflictError` or a `ValidationError` for each refused segment, by its
    id.
    """
    localize.lock(translation)
    refused: dict[int, ConflictError | ValidationError] = {}
    changed = False
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
