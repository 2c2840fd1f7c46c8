"""Pictures of the library, in a model of our own so that it can grow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from cms.models.normalised import NormalisedTextMixin
from cms.text import fold


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

    def folded_title(self):
        """Return what the index holds of the picture."""
        return fold(f"{self.title} {self.description}")


class PortalRendition(AbstractRendition):
    """One size and format of a picture."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
