"""The video block: a link that becomes a player when it is clicked, or an uploaded file."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import FileChooserBlock, PictureChooserBlock
from cms.blocks.players import player_url

# Suffixes of the video files that every current browser plays, with their media types.
FILE_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


class VideoValue(blocks.StructValue):
    """The value of a video, with properties for its template."""

    @cached_property
    def player(self) -> str | None:
        """Return the URL of the player for the link, or `None` without a player."""
        return player_url(self.get("link") or "")

    @property
    def media_type(self) -> str:
        """Return the media type of the uploaded file."""
        return FILE_TYPES.get(self["file"].file_extension.lower(), "")


class VideoBlock(blocks.StructBlock):
    """A video on another site, or an uploaded one.

    The page contacts the other site only after a click.
    """

    title = blocks.CharBlock(label=_("Title"), max_length=200, help_text=_("What the video shows."))
    link = blocks.URLBlock(
        label=_("Link"),
        required=False,
        max_length=500,
        help_text=_("The address of the video on YouTube or Vimeo. Or upload a file below."),
    )
    file = FileChooserBlock(
        label=_("Video file"), required=False, help_text=_("A file that ends in .mp4 or .webm.")
    )
    picture = PictureChooserBlock(
        label=_("Picture"), required=False, help_text=_("Shown until the video is played.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=500)
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)

    def clean(self, value: VideoValue) -> VideoValue:
        """Require either a link or a file, of a kind that can be played."""
        value = super().clean(value)
        link, file = value["link"], value["file"]
        errors = {}
        if link and file:
            errors["file"] = _("Give the link or the file, not both.")
        elif link and not value.player:
            errors["link"] = _("Only videos on YouTube and Vimeo can be shown. Upload any other.")
        elif file and not value.media_type:
            errors["file"] = _("This file is no video. Choose one that ends in .mp4 or .webm.")
        elif not link and not file and not self.is_deferred_validation:
            errors["link"] = _("Give the link of the video, or choose a file.")
        if errors:
            raise StructBlockValidationError(
                {name: ValidationError(message) for name, message in errors.items()}
            )
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video on YouTube or Vimeo, loaded when clicked, or an uploaded file.")
        template = "cms/blocks/video.html"
        preview_template = "cms/blocks/video_preview.html"
        value_class = VideoValue
