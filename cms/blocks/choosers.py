"""Choosers that look up nothing but keys."""

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.text.keys import known_keys


class KeyedChooserMixin:
    """Takes what is no key, as old or imported content may have it, for a row that is gone.

    Wagtail would ask the database for it, and the page would fail in every list that reads it.
    """

    def bulk_to_python(self, values):
        """Return the chosen rows, `None` for each that is not there."""
        return super().bulk_to_python(known_keys(values))


class FileChooserBlock(KeyedChooserMixin, DocumentChooserBlock):
    """Chooses a file of the library."""


class PictureChooserBlock(KeyedChooserMixin, ImageChooserBlock):
    """Chooses a picture of the library."""
