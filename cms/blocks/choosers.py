"""Choosers that look up nothing but keys."""

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.text.keys import valid_keys


class ValidatedKeyChooserMixin:
    """Takes what is no key, as old or imported content may have it, for a row that is gone.

    Wagtail would ask the database for it, and the page would fail in every list that reads it.
    """

    def bulk_to_python(self, values):
        """Return the chosen rows, `None` for each that is not there."""
        return super().bulk_to_python(valid_keys(values))


class FileChooserBlock(ValidatedKeyChooserMixin, DocumentChooserBlock):
    """Chooses a file of the library."""


class PictureChooserBlock(ValidatedKeyChooserMixin, ImageChooserBlock):
    """Chooses a picture of the library."""
