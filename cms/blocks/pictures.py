"""Blocks of pictures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage

from cms.blocks.choosers import PictureChooserBlock
from cms.images.alt_text import is_file_name

# The maximum number of pictures in one gallery. One picture has about as many bytes as a page.
MAX_PICTURES = 40


class PictureBlock(ImageBlock):
    """Wagtail's picture block with alt text. The label of its chooser can be translated."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        # `required` is passed on here. Wagtail's own chooser would need the image model to return
        # it. That model is not loaded yet, because models import this module.
        chooser = PictureChooserBlock(label=_("Picture"), required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser

    def clean(self, value: AbstractImage | None) -> AbstractImage | None:
        """Refuse a file name as alt text, because it says nothing when it is read aloud."""
        picture = super().clean(value)
        alt_text = picture.contextual_alt_text if picture else ""
        if alt_text and is_file_name(alt_text):
            error = ValidationError(
                _("“%(text)s” is the name of a file. Say what the picture shows."),
                params={"text": alt_text},
            )
            raise StructBlockValidationError({"alt_text": error})
        return picture


class CaptionedImageBlock(blocks.StructBlock):
    """A picture with its alt text, caption and credit in one place. The caption is shown once."""

    image = PictureBlock(
        label=_("Picture"),
        help_text=_(
            "The alt text tells who cannot see the picture what it shows. Mark it as decorative "
            "only when nothing would be lost without it."
        ),
    )
    caption = blocks.CharBlock(
        label=_("Caption"), required=False, max_length=500, help_text=_("Shown below the picture.")
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=120,
        help_text=_("Who took the picture, without the word for picture itself."),
    )

    class Meta:
        icon = "image"
        label = _("Captioned picture")
        description = _("A picture with alt text, caption and credit.")
        template = "cms/blocks/image.html"
        preview_template = "cms/blocks/image_preview.html"


class GalleryValue(blocks.StructValue):
    """The value of a gallery, with a property for its template."""

    @property
    def existing_pictures(self) -> list[blocks.StructValue]:
        """Return the captioned pictures, without those that were deleted from the library."""
        return [item for item in self["pictures"] if item["image"]]


class GalleryBlock(blocks.StructBlock):
    """Several captioned pictures together."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=200)
    pictures = blocks.ListBlock(
        CaptionedImageBlock(), label=_("Pictures"), min_num=1, max_num=MAX_PICTURES
    )

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Several pictures side by side, each with alt text, caption and credit.")
        template = "cms/blocks/gallery.html"
        preview_template = "cms/blocks/gallery_preview.html"
        value_class = GalleryValue
