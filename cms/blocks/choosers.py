"""Choosers that look up nothing but keys."""

from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.text.keys import is_key


class KeyedChooserMixin:
    """Takes what is no key, as old or imported content may have it, for a row that is gone.

    Wagtail would ask the database for it, and the page would fail in every list that reads it.
    """

    def bulk_to_python(self, values):
        """Return the chosen rows, `None` for each that is not there."""
        return super().bulk_to_python([int(key) if is_key(key) else None for key in values])


class FileChooserBlock(KeyedChooserMixin, DocumentChooserBlock):
    """Chooses a file of the library."""

    def deconstruct(self):
        """Tell migrations of Wagtail's block: no column differs."""
        _path, arguments, options = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", arguments, options


class PictureChooserBlock(KeyedChooserMixin, ImageChooserBlock):
    """Chooses a picture of the library."""

    def deconstruct(self):
        """Tell migrations of Wagtail's block: no column differs."""
        _path, arguments, options = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", arguments, options
