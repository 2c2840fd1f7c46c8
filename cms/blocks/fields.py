"""The portal's StreamField, whose blocks are defined in the code and not in migrations."""

import json
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.fields import StreamField as WagtailStreamField  # noqa: TID251 - to extend it


class StreamField(WagtailStreamField):
    """Wagtail's StreamField, but its blocks are not in migrations.

    The column holds JSON, whatever the blocks are, so a new block needs no migration. Only the
    field of a historical model has no `block_types`. Such a field keeps all stored data.

    A block migration (`wagtail.blocks.migrations`) finds its blocks in the current code. It may
    have to look into a block that the code no longer has, or has in another shape. In that case
    give the model the old blocks first. To do so, add an `AlterField` to Wagtail's own StreamField
    to the `state_operations` of a `SeparateDatabaseAndState`.
    """

    def __init__(
        self,
        block_types: blocks.StreamBlock | Sequence[tuple[str, blocks.Block]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.is_historical = block_types is None
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the arguments of the field for a migration, without the blocks."""
        # Wagtail's own method only adds the blocks, so it is skipped.
        name, path, _args, kwargs = super(WagtailStreamField, self).deconstruct()
        return name, path, [], kwargs

    @cached_property
    def stream_block(self) -> blocks.StreamBlock:
        """Return the top-level block."""
        if not self.is_historical:
            return super().stream_block
        return HistoricalStreamBlock(self._current_blocks(), required=False)

    def _current_blocks(self) -> list[tuple[str, blocks.Block]]:
        """Return pairs of name and block from the current code.

        The list is empty if the model no longer exists or has no such StreamField.
        """
        try:
            current = apps.get_model(self.model._meta.label)._meta.get_field(self.name)
        except (LookupError, FieldDoesNotExist):
            return []
        blocks_of_it = getattr(current, "stream_block", None)
        return list(blocks_of_it.child_blocks.items()) if blocks_of_it else []


class HistoricalStreamBlock(blocks.StreamBlock):
    """The stream block of a historical model, which keeps children of every type.

    A migration reads `body.raw_data`. Iterating over `body` itself fails at a child whose type the
    code does not have.
    """

    def to_python(self, value: Any) -> blocks.StreamValue:
        """Return the stream of a stored or given value.

        Wagtail's own method would leave out children of unknown types.
        """
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return self.empty_value(raw_text=value)
        if isinstance(value, list) and value:
            return blocks.StreamValue(self, [raw_child(child) for child in value], is_lazy=True)
        return super().to_python(value)

    def get_prep_value(self, value: blocks.StreamValue) -> list[dict[str, Any]]:
        """Return the value to store.

        Wagtail's own method would give an id to a child that has none.
        """
        without_id = [index for index, child in enumerate(value.raw_data) if "id" not in child]
        prepared = super().get_prep_value(value)
        for index in without_id:
            del prepared[index]["id"]
        return prepared


def raw_child(child: dict[str, Any] | Sequence[Any]) -> dict[str, Any]:
    """Return the child of a stream in its stored form.

    `child` may be a tuple: type, value, id.
    """
    if isinstance(child, dict):
        return child
    return dict(zip(("type", "value", "id"), child, strict=False))
