"""What is typed at the desk is kept as it is typed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.text.spelling import normalise
from cms.translation import drafts, localize, progress
from cms.translation.segment_rows import digest

# How many characters one text may have.
LONGEST = 100_000


@dataclass(frozen=True)
class Typed:
    """What somebody typed for a segment.

    `seen` is the digest of what was kept when they began; `is_confirmed` says that they stand for
    the text even where they left it as it was.
    """

    text: str
    seen: str
    is_confirmed: bool = False


class ConflictError(Exception):
    """Somebody else changed the segment meanwhile."""


class TooLongError(ValidationError):
    """A text that no page would hold."""


def save(translation, segment, typed, user):
    """Keep what was typed for a segment; say whether that changed anything.

    Raises `ConflictError` rather than overwrite what its author has not seen, and `ValidationError`
    for a text that is too long to be kept.
    """
    if len(typed.text) > LONGEST:
        raise TooLongError(too_long(typed.text))
    text = in_lines(normalise(typed.text).strip(), segment)
    kept = segment.offer
    is_same = digest(text) == typed.seen
    if is_same and not typed.is_confirmed:
        return False
    if typed.seen != digest(kept) and text != kept:
        raise ConflictError
    html = localize.as_stored(text, segment.is_plain)
    if html == segment.translation and not segment.is_machine and not segment.error:
        return False
    localize.save_string(translation, segment, html, user)
    return True


def too_long(text):
    """Say in words that the text is too long."""
    words = _("This text has %(length)d characters. At most %(limit)d can be kept.")
    return words % {"length": len(text), "limit": LONGEST}


def in_lines(text, segment):
    """Return the text with the ends of lines that its place can have."""
    lines = text.splitlines()
    return ("\n" if "<br/>" in segment.source and segment.is_plain else " ").join(lines)


def settle(translation, user):
    """Save the present translations as a draft; say what the page did not take."""
    try:
        drafts.save_draft(translation, user)
    except ValidationError as error:
        # What is saved is counted by itself; here nothing was.
        progress.note_work(translation, user)
        return " ".join(error.messages)
    return ""


@transaction.atomic
def save_one(translation, segment_id, typed, user):
    """Keep what was typed for one segment; return what the page did not take.

    Raises what `save` raises, and `LookupError` where there is no such segment.
    """
    localize.hold(translation)
    segments = {segment.id: segment for segment in localize.segments(translation)}
    if save(translation, segments[segment_id], typed, user):
        return settle(translation, user)
    return ""


@transaction.atomic
def save_all(translation, typed_by_id, user):
    """Keep what was typed for any number of segments; return what was not kept and why, by id.

    The reasons are a `ConflictError` or a `ValidationError`.
    """
    localize.hold(translation)
    refused, changed = {}, False
    for segment in localize.segments(translation):
        typed = typed_by_id.get(segment.id)
        if typed is None:
            continue
        try:
            changed = save(translation, segment, typed, user) or changed
        except (ConflictError, ValidationError) as error:
            refused[segment.id] = error
    if changed:
        settle(translation, user)
    return refused
