"""Pictures as they come in: looked into, not trusted by their names, and made smaller."""

import struct
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.formats import localize
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.images import avif, memory
from cms.storage.upload_form import StoredWhenValidMixin

# Pixels to which larger pictures are scaled down: twice the widest place of the layout.
MAX_SIDE_PIXELS = 2400

# Formats that may hold a moving picture; in others, further frames are thumbnails and the like.
ANIMATABLE_FORMATS = {"GIF", "PNG", "WEBP", "AVIF"}

# Formats of drawings and screenshots, which JPEG would blur.
LOSSLESS_FORMATS = {"GIF", "PNG"}


class PictureField(WagtailImageField):
    """Takes a picture of any supported kind and gives a small one without metadata."""

    def to_python(self, data):
        """Refuse what is no picture, damaged, moving or too large; scale down the rest.

        Bytes, kind and number of pixels are judged before anything is decoded, and before Wagtail
        looks into the file: it would parse a drawing of any size.
        """
        try:
            if data:
                self.check_image_file_size(data)
                validate_header(data)
                data.seek(0)
            file = super().to_python(data)
            return file and put_into(data, scale_down(file))
        # Pillow lets through what its readers of metadata stumble over, and RuntimeError of the
        # readers of AVIF and HEIC.
        except (
            OSError,
            RuntimeError,
            SyntaxError,
            ValueError,
            struct.error,
            Image.DecompressionBombError,
        ):
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from None

    def check_image_pixel_size(self, f):
        """Leave the number of pixels to `validate_header`: Wagtail decodes all to count them."""


def validate_header(file):
    """Refuse an uploaded picture for what its header says of it."""
    try:
        frames = avif.read_frames(file)
    except avif.AnimatedImageError:
        raise animated_image_error() from None
    with memory.open_header(file) as picture:
        most = memory.max_pixels(picture, frames)
        width, height = picture.size
        pixels = width * height
        if frames and frames.pixels > most >= pixels:
            width, height, pixels = frames.width, frames.height, frames.pixels
        if pixels > most:
            raise ValidationError(
                _(
                    "This picture has too many pixels: %(width)d × %(height)d, %(number)s million. "
                    "A picture of this kind may have %(most)s million. Make it smaller, or save "
                    "it as JPEG."
                ),
                params={
                    "width": width,
                    "height": height,
                    "number": in_millions(pixels),
                    "most": in_millions(most),
                },
                code="file_too_many_pixels",
            )
        if picture.format in ANIMATABLE_FORMATS and getattr(picture, "is_animated", False):
            raise animated_image_error()


def animated_image_error():
    """Return the error of a picture that moves."""
    return ValidationError(_("This picture moves. Upload a still one, or a video."), code="moving")


def in_millions(pixels):
    """Return a number of pixels as it is told to people."""
    return localize(round(pixels / 1_000_000, 1))


def scale_down(file):
    """Return the uploaded picture as a new file: upright, at most `MAX_SIDE_PIXELS`, in RGB.

    Metadata, the place where it was taken among them, stay behind. A telephone's 50 megapixels
    are decoded once, JPEG at a fraction of its size where that suffices.
    """
    with memory.open_header(file) as picture:
        source_format = picture.format
        profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA") else None
        if picture.mode in ("P", "PA"):
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.thumbnail((MAX_SIDE_PIXELS, MAX_SIDE_PIXELS), reducing_gap=2.0)
        ImageOps.exif_transpose(picture, in_place=True)
        transparent = picture.has_transparency_data
        picture = picture.convert("RGBA" if transparent else "RGB")
    content = BytesIO()
    # Nothing of the source's own metadata is handed on but the meaning of its colours.
    picture.info.clear()
    if transparent or source_format in LOSSLESS_FORMATS:
        suffix, media_type = ".png", "image/png"
        picture.save(content, "PNG", icc_profile=profile)
    else:
        suffix, media_type = ".jpg", "image/jpeg"
        picture.save(content, "JPEG", quality=90, progressive=True, icc_profile=profile)
    name = PurePath(file.name).stem + suffix
    return SimpleUploadedFile(name, content.getvalue(), media_type)


def put_into(upload, file):
    """Let `file` take the place of what was uploaded, and return it.

    Where another field of the form is wrong, Wagtail keeps the upload itself until the form is
    right (`add_multiple`), and would make a picture of it as it came, the place and all.
    """
    upload.seek(0)
    upload.truncate()
    upload.write(file.read())
    upload.name, upload.size, upload.content_type = file.name, file.size, file.content_type
    upload.seek(0)
    file.seek(0)
    return file


class PictureForm(StoredWhenValidMixin, BaseImageForm):
    """The form of a picture in the library and in the chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, widget=file.widget, required=file.required
            )
