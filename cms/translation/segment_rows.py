"""The segments of a translation as the desk shows them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.rich_text.languages import LANGUAGES
from cms.translation import diff, localize
from cms.translation.segment_locations import SegmentLocation, SegmentLocations
from cms.translation.suggestions import Suggestions

TAG = re.compile(r"(</?[a-z]+[^>]*>)")

MEANINGS = {
    "b": gettext_lazy("Bold"),
    "strong": gettext_lazy("Bold"),
    "i": gettext_lazy("Italic"),
    "em": gettext_lazy("Italic"),
    "br": gettext_lazy("Line break"),
}


class Condition(models.TextChoices):
    """The progress of one segment."""

    TO_DO = "todo", gettext_lazy("Not translated")
    CHANGED = "changed", gettext_lazy("The original changed")
    MACHINE = "machine", gettext_lazy("By machine, not confirmed")
    ERROR = "error", gettext_lazy("To be mended")
    DONE = "done", gettext_lazy("Translated")


@dataclass(frozen=True)
class Tag:
    """A tag of the source: its opening tag, its closing tag and its meaning."""

    opening: str
    closing: str
    meaning: str


@dataclass
class SegmentRow:
    """A segment at its location, with the text in its field.

    `text` differs from the stored text if it could not be saved. Then `trouble` says why, and
    `theirs` is the text that somebody else stored in the meantime.
    """

    segment: localize.Segment
    location: SegmentLocation
    label: str
    name: str
    text: str
    trouble: str = ""
    theirs: str | None = None
    suggestions: Suggestions | None = None

    is_replacement = False

    @property
    def id(self) -> int:
        """Return the id of the segment."""
        return self.segment.id

    @property
    def order(self) -> int:
        """Return the position of the segment on the page."""
        return self.segment.order

    @property
    def key(self) -> str:
        """Return a key that is the same for segments that are translated together.

        They have the same text in the same context.
        """
        return "-".join(map(str, self.segment.key))

    @property
    def condition(self) -> Condition:
        """Return the condition of the segment."""
        return condition_of(self.segment)

    @property
    def error(self) -> str:
        """Return why the translation cannot be used or was not saved."""
        return self.trouble or self.segment.error

    @property
    def seen_digest(self) -> str:
        """Return the digest of the stored text.

        A later save uses it to check which text its author saw.
        """
        return digest(self.segment.initial_text)

    @property
    def source_parts(self) -> list[tuple[str, bool]]:
        """Return the source as pairs: a text, and whether it is a tag."""
        return split_tags(self.segment.source_text)

    @property
    def versions(self) -> list[tuple[str, list[diff.Part]]]:
        """Return the earlier and the current source, each as parts.

        The list is empty if the source is new.
        """
        earlier = self.segment.earlier
        if earlier is None:
            return []
        old = localize.as_typed(earlier.source, self.segment.is_plain)
        parts = diff.diff_parts(old, self.segment.source_text)
        return [
            (_("Before"), [part for part in parts if part.kind != "added"]),
            (_("Now"), [part for part in parts if part.kind != "removed"]),
        ]

    @property
    def tags(self) -> list[Tag]:
        """Return the `Tag`s of the source, each once."""
        return [] if self.segment.is_plain else tags_of(self.segment)

    @property
    def warnings(self) -> list[str]:
        """Return warnings about official names that the text lacks."""
        return self.suggestions.warnings(self.segment, self.text) if self.suggestions else []

    @property
    def can_be_confirmed(self) -> bool:
        """Return whether there is a text that no person has confirmed yet."""
        return self.condition in (Condition.CHANGED, Condition.MACHINE)


class LocatedRow(Protocol):
    """A row of the desk: a segment, or a replaceable value."""

    location: SegmentLocation

    @property
    def order(self) -> int:
        """Return the position on the page."""


Row = TypeVar("Row", bound=LocatedRow)


@dataclass
class RowGroup(Generic[Row]):
    """The rows of one field or block under its heading: segments and replaceable values."""

    heading: str
    rows: list[Row] = field(default_factory=list)


def condition_of(segment: localize.Segment) -> Condition:
    """Return the condition of a segment."""
    if segment.error:
        return Condition.ERROR
    if segment.is_machine:
        return Condition.MACHINE
    if segment.translation:
        return Condition.DONE
    return Condition.CHANGED if segment.earlier else Condition.TO_DO


def digest(text: str) -> str:
    """Return a short hash of a text, which does not depend on the kind of its line endings."""
    plain = "\n".join(text.strip().splitlines())
    return sha256(plain.encode()).hexdigest()[:16]


def split_tags(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text as pairs: a part, and whether it is a tag."""
    return [(part, bool(TAG.fullmatch(part))) for part in TAG.split(text) if part]


def tags_of(segment: localize.Segment) -> list[Tag]:
    """Return the `Tag`s of a source, each once, in their order."""
    found: dict[str, Tag] = {}
    for part, is_tag in split_tags(segment.source):
        if not is_tag or part.startswith("</"):
            continue
        match = re.match("<([a-z]+)", part)
        assert match is not None  # `TAG` has matched the part
        name = match.group(1)
        closing = "" if name == "br" else f"</{name}>"
        found[part] = Tag(part, closing, meaning(name, part, segment.attrs))
    return list(found.values())


def meaning(name: str, opening: str, attrs: Mapping[str, Mapping[str, str]]) -> str:
    """Return the meaning of a tag in words."""
    if name != "a":
        return str(MEANINGS.get(name, name))
    link = attrs.get(opening.partition('id="')[2].partition('"')[0], {})
    if "lang" in link:
        return str(LANGUAGES.get(link["lang"], link["lang"]))
    if "href" in link:
        return _("Link to %(address)s") % {"address": link["href"]}
    return _("Link to a page of this site")


def build_segment_rows(
    translation: localize.Translation, segments: Iterable[localize.Segment]
) -> list[SegmentRow]:
    """Return the rows of those of `segments` that an editor shows, at their locations."""
    locations = SegmentLocations(localize.stored_source_page(translation))
    segment_rows: list[SegmentRow] = []
    for path, sharing in groupby(segments, key=lambda segment: segment.path):
        if location := locations.of(path):
            segment_rows += rows_at(location, locations.labels_of_texts(path), list(sharing))
    return segment_rows


def rows_at(
    location: SegmentLocation,
    labels: Sequence[str | Promise],
    segments: Sequence[localize.Segment],
) -> list[SegmentRow]:
    """Return the rows of the segments that share a location.

    If there is a label for each of them, each gets its own. Otherwise a number distinguishes them
    for screen readers.
    """
    has_labels = len(labels) == len(segments)
    segment_rows = []
    for number, segment in enumerate(segments, start=1):
        label = str(labels[number - 1]) if has_labels else location.label
        name = " – ".join(filter(None, [location.heading, label]))
        if len(segments) > 1 and not has_labels:
            name = f"{name} {number}"
        segment_rows.append(SegmentRow(segment, location, label, name, segment.initial_text))
    return segment_rows


def group_rows(rows: Iterable[Row]) -> list[RowGroup[Row]]:
    """Return the rows in `RowGroup`s, in the order of the page's editor."""
    groups: dict[str, RowGroup[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.location.rank, row.order)):
        group = groups.setdefault(row.location.group, RowGroup(row.location.heading))
        group.rows.append(row)
    return list(groups.values())


def segment_counts(segments: Sequence[localize.Segment]) -> dict[str, int]:
    """Return how many segments each filter of the desk shows, and how many are done."""
    conditions = [condition_of(segment) for segment in segments]
    done = conditions.count(Condition.DONE)
    return {
        "all": len(segments),
        "todo": len(segments) - done,
        "changed": conditions.count(Condition.CHANGED),
        "machine": conditions.count(Condition.MACHINE),
        "done": done,
        "percentage": 100 * done // len(segments) if segments else 0,
    }


def progress_messages(counts: Mapping[str, int]) -> dict[str, str]:
    """Return messages for the `counts`: the progress, and what is left to do."""
    gaps = counts["todo"]
    left = ngettext("%(count)d segment is left", "%(count)d segments are left", gaps)
    progress = _("%(done)d of %(all)d segments translated, %(percentage)d%%")
    return {"progress": progress % counts, "gaps": left % {"count": gaps} if gaps else ""}
