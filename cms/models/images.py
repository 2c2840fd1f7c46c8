"""Pictures of the library, in a model of our own so that it can grow."""

import secrets
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from cms.alt_text import is_file_name
from cms.models.normalised import NormalisedTextMixin
from cms.text import fold, slug_from


class PortalImage(NormalisedTextMixin, AbstractImage):
    """A picture of the library. Caption and credit belong to its place in an article."""

    admin_form_fields = Image.admin_form_fields
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("folded_title"),
        index.AutocompleteField("folded_title"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename):
        """Add what nobody can guess to the name: that of every public size is made of it."""
        path = PurePath(super().get_upload_to(filename))
        return str(path.with_stem(f"{path.stem[:50]}-{secrets.token_hex(8)}"))

    @property
    def default_alt_text(self):
        """Return what is proposed as alt text: never the name of a file."""
        if self.description:
            return self.description
        file_name = PurePath(self.file.name).stem.rpartition("-")[0]
        if is_file_name(self.title) or slug_from(self.title) == slug_from(file_name):
            return ""
        return self.title

    def folded_title(self):
        """Return what the index holds of the picture."""
        return fold(" ".join([self.title, self.description, *self.tags.names()]))


class PortalRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
