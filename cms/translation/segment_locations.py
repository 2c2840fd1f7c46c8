"""The locations of texts on a page, with the labels of the page's own editor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignObjectRel
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.models import Page

from cms.blocks.fields import StreamField

# The `holder` of a path that ends with the address of a link in a text.
LINK = "link"


@dataclass(frozen=True)
class SegmentLocation:
    """The location of a value on a page.

    `group` identifies the field or block of the page that contains the value. `label` is empty if
    the heading says enough. `holder` is the field or block that holds the value, or `LINK`.
    """

    group: str
    heading: str
    label: str
    rank: int
    holder: Field | ForeignObjectRel | blocks.Block | str


class SegmentLocations:
    """The locations of one page, in the order of its editor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        options = page.get_edit_handler().get_form_options()
        names = [*options.get("fields", []), *options.get("formsets", {})]
        self.ranks = {name: rank for rank, name in enumerate(names)}
        self.blocks: dict[str, dict[str, dict[str, Any]]] = {}

    def of(self, path: str) -> SegmentLocation | None:
        """Return the `SegmentLocation` of a path, `None` for a field that no editor shows."""
        way, quote, _address = path.partition(".'")
        name, *below = way.split(".")
        if name not in self.ranks:
            return None
        field = self.page._meta.get_field(name)
        if hasattr(field, "stream_block"):
            return self.in_stream(field, below, is_link=bool(quote))
        named = field if hasattr(field, "verbose_name") else field.related_model._meta
        heading = str(capfirst(named.verbose_name))
        label = _("Link") if quote else ""
        return SegmentLocation(name, heading, label, self.ranks[name], LINK if quote else field)

    def in_stream(
        self, field: StreamField, below: Sequence[str], is_link: bool
    ) -> SegmentLocation | None:
        """Return the `SegmentLocation` within a stream.

        `below` begins with the id of a block.
        """
        group, *names = below
        raw = self.raw_block(field, group)
        if raw is None:
            return None
        block = field.stream_block.child_blocks[raw["type"]]
        heading = str(capfirst(block.label))
        labels, holder = labels_within(block, raw["value"], names)
        if is_link:
            labels, holder = [*labels[:-1], _("Link")], LINK
        return SegmentLocation(group, heading, " – ".join(labels), self.ranks[field.name], holder)

    def raw_block(self, field: StreamField, block_id: str) -> dict[str, Any] | None:
        """Return the stored block of a stream with this id, else `None`."""
        if field.name not in self.blocks:
            stored = field.value_from_object(self.page).raw_data
            self.blocks[field.name] = {raw["id"]: raw for raw in stored}
        return self.blocks[field.name].get(block_id)

    def labels_of_texts(self, path: str) -> list[str | Promise]:
        """Return the labels of the texts that share `path`.

        The list is empty if their block has no labels for them.
        """
        name, *below = path.split(".")
        field = self.page._meta.get_field(name)
        if len(below) != 1 or not hasattr(field, "stream_block"):
            return []
        raw = self.raw_block(field, below[0])
        if raw is None:
            return []
        block = field.stream_block.child_blocks[raw["type"]]
        return block.labels_of_texts(raw["value"]) if hasattr(block, "labels_of_texts") else []


def labels_within(
    block: blocks.Block, raw: Any, names: Iterable[str]
) -> tuple[list[str], blocks.Block]:
    """Return the labels of the value at the path `names` below a block, and its block.

    The labels are the numbers of the list items on the path, then the label of the value.
    """
    labels, last = [], ""
    for name in names:
        if isinstance(block, blocks.ListBlock):
            ids = [item.get("id") for item in raw]
            number = ids.index(name)
            labels.append(f"{last} {number + 1}")
            block, raw, last = block.child_block, raw[number]["value"], ""
        else:
            block, raw = block.child_blocks[name], raw.get(name)
            last = str(block.label)
    return ([*labels, last] if last else labels), block
