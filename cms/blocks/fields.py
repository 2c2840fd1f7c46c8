"""The StreamField of the portal, whose blocks stand in the code and not in migrations."""

import json

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.fields import StreamField as WagtailStreamField  # noqa: TID251 - what it extends


class StreamField(WagtailStreamField):
    """Wagtail's StreamField, but migrations say nothing of its blocks.

    The column holds JSON, whatever the blocks are, so a new or changed block needs no migration.
    `block_types` is missing only where a migration made the field: such a field keeps all that is
    stored, and takes the blocks of today for `wagtail.blocks.migrations`.
    """

    def __init__(self, block_types=None, **kwargs):
        self.is_historical = block_types is None
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self):
        """Return what a migration needs: everything but the blocks."""
        # Wagtail's own method does nothing but add the blocks.
        name, path, _args, kwargs = super(WagtailStreamField, self).deconstruct()
        return name, path, [], kwargs

    @cached_property
    def stream_block(self):
        """Return the top-level block."""
        if not self.is_historical:
            return super().stream_block
        return HistoricalStreamBlock(self._blocks_of_today(), required=False)

    def _blocks_of_today(self):
        """Return pairs of name and block, none where model or field are gone."""
        try:
            current = apps.get_model(self.model._meta.label)._meta.get_field(self.name)
        except (LookupError, FieldDoesNotExist):
            return []
        return list(current.stream_block.child_blocks.items())


class HistoricalStreamBlock(blocks.StreamBlock):
    """The body of a page as a migration sees it: every child is kept, also of an unknown type."""

    def to_python(self, value):
        """Return the stream of what is stored. Wagtail would leave out unknown types."""
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError:
                return self.empty_value(raw_text=value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return blocks.StreamValue(self, value, is_lazy=True)
        return super().to_python(value)

    def get_prep_value(self, value):
        """Return what to store. Wagtail would give an id to a child that has none."""
        without_id = [place for place, child in enumerate(value.raw_data) if "id" not in child]
        prepared = super().get_prep_value(value)
        for place in without_id:
            del prepared[place]["id"]
        return prepared
