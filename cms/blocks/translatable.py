"""Rules that decide which values of blocks go to translators."""

from collections.abc import Sequence
from typing import Any


class UntranslatedMixin:
    """Mixin for a block whose value is the same in every language or is localised at rendering."""

    def get_translatable_segments(self, value: object) -> list[object]:
        """Return no segments, so that wagtail-localize translates nothing."""
        return []

    def restore_translated_segments(self, value: Any, segments: Sequence[object]) -> Any:
        """Return the value of the original."""
        return value


def is_translatable(text: str) -> bool:
    """Return whether `text` contains a word. Figures are the same in every language."""
    return any(character.isalpha() for character in text)
