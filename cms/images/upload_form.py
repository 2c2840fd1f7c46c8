"""The upload form of pictures.

The form checks the content of a file, does not trust its name, and scales it down.
"""

import struct
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.formats import localize
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.images import avif, memory
from cms.storage.upload_form import StoredWhenValidMixin

# Pixels. Larger pictures are scaled down to this size, twice the widest place in the layout.
MAX_SIDE_PIXELS = 2400

# Formats that may hold a moving picture. In other formats, the other frames are for example
# thumbnails.
ANIMATABLE_FORMATS = {"GIF", "PNG", "WEBP", "AVIF"}

# Formats of drawings and screenshots, which JPEG would blur.
LOSSLESS_FORMATS = {"GIF", "PNG"}


class PictureField(WagtailImageField):
    """Field that accepts any supported kind of picture and returns a small one without metadata."""

    def to_python(self, data: UploadedFile | None) -> UploadedFile | None:
        """Return the uploaded picture scaled down.

        Raise `ValidationError` if it is not a picture, or if it is damaged, moving or too large.
        The field checks bytes, kind and number of pixels before anything is decoded. It also does
        so before Wagtail looks into the file, because Wagtail would parse an SVG drawing of any
        size.
        """
        try:
            if data:
                self.check_image_file_size(data)
                validate_header(data)
                data.seek(0)
            file = super().to_python(data)
            return put_into(data, scale_down(file)) if data and file else None
        # Pillow does not catch the errors of its metadata readers, nor RuntimeError of the AVIF and
        # HEIC readers.
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

    def check_image_pixel_size(self, f: object) -> None:
        """Do nothing, because `validate_header` checks the number of pixels.

        Wagtail decodes all pixels to count them.
        """


def validate_header(file: UploadedFile) -> None:
    """Raise `ValidationError` if the header of an uploaded picture shows that it is not allowed."""
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


def animated_image_error() -> ValidationError:
    """Return the error for a moving picture."""
    return ValidationError(_("This picture moves. Upload a still one, or a video."), code="moving")


def in_millions(pixels: int) -> str:
    """Return a number of pixels in millions, formatted for people."""
    return localize(round(pixels / 1_000_000, 1))


def scale_down(file: UploadedFile) -> SimpleUploadedFile:
    """Return the uploaded picture as a new file: upright, at most `MAX_SIDE_PIXELS`, in RGB.

    The metadata is removed, including the place where the picture was taken. A telephone's picture
    of 50 megapixels is decoded once. A JPEG is decoded at a smaller size if that is enough.
    """
    picture: Image.Image
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
    # The colour profile is the only metadata of the source that is kept.
    picture.info.clear()
    if transparent or source_format in LOSSLESS_FORMATS:
        suffix, media_type = ".png", "image/png"
        picture.save(content, "PNG", icc_profile=profile)
    else:
        suffix, media_type = ".jpg", "image/jpeg"
        picture.save(content, "JPEG", quality=90, progressive=True, icc_profile=profile)
    assert file.name is not None
    name = PurePath(file.name).stem + suffix
    return SimpleUploadedFile(name, content.getvalue(), media_type)


def put_into(upload: UploadedFile, file: SimpleUploadedFile) -> SimpleUploadedFile:
    """Replace the content of `upload` with that of `file`, and return `file`.

    If another field of the form is wrong, Wagtail keeps the upload itself until the form is valid
    (`add_multiple`). Wagtail would then make a picture from the original upload, including the
    place where it was taken.
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, widget=file.widget, required=file.required
            )
