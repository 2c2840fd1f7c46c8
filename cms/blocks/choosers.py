"""Choosers that look up only valid keys."""

from collections.abc import Iterable

from django.db.models import Model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.text.keys import valid_keys


class ValidatedKeyChooserMixin:
    """Mixin for choosers that treats an invalid key as the key of a deleted row.

    Old or imported content may hold invalid keys. Wagtail would query the database for such a key,
    and every list that reads the page would fail.
    """

    def bulk_to_python(self, values: Iterable[object]) -> list[Model | None]:
        """Return the chosen rows, with `None` for each row that does not exist."""
        # The other base of each chooser has this method.
        return super().bulk_to_python(valid_keys(values))  # type: ignore[misc]


class FileChooserBlock(ValidatedKeyChooserMixin, DocumentChooserBlock):
    """Chooser for a file of the library."""


class PictureChooserBlock(ValidatedKeyChooserMixin, ImageChooserBlock):
    """Chooser for a picture of the library."""
