"""Pictures and documents as they come in: looked into, not trusted by their names."""

import struct
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

LONGEST_SIDE = 2400
"""Pixels to which larger pictures are scaled down: twice the widest place of the layout."""

STILL_OR_NOT = {"GIF", "PNG", "WEBP", "AVIF"}
"""Formats that may hold a moving picture; in others, further frames are thumbnails and the like."""

MOST_TRANSPARENT_PIXELS = 30_000_000
"""Pixels of a picture with transparent parts, which is held twice while it is scaled."""

DRAWN = {"GIF", "PNG"}
"""Formats of drawings and screenshots, which JPEG would blur."""


class PictureField(WagtailImageField):
    """Takes a picture of any supported kind and gives a small one without metadata."""

    def to_python(self, data):
        """Refuse what is no picture, damaged or moving; scale down the rest.

        Kind, size and number of pixels are judged before anything is decoded.
        """
        try:
            file = super().to_python(data)
            return file and scaled_down(file)
        # Pillow lets through what its readers of metadata stumble over.
        except (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError):
            raise ValidationError(
                self.error_messages["invalid_image"], code="invalid_image"
            ) from None


def scaled_down(file):
    """Return the uploaded picture as a new file: upright, at most `LONGEST_SIDE`, in RGB.

    Metadata, the place where it was taken among them, stay behind. A telephone's 50 megapixels
    are decoded once, JPEG at a fraction of its size.
    """
    file.seek(0)
    with Image.open(file) as picture:
        if picture.format in STILL_OR_NOT and getattr(picture, "is_animated", False):
            raise ValidationError(
                _("This picture moves. Upload a still one, or a video."), code="moving"
            )
        if picture.has_transparency_data and picture.width * picture.height > (
            MOST_TRANSPARENT_PIXELS
        ):
            raise ValidationError(
                _("This picture with transparent parts is too large: %(width)d × %(height)d."),
                params={"width": picture.width, "height": picture.height},
            )
        source_format = picture.format
        profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA") else None
        if picture.mode in ("P", "PA"):
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
        ImageOps.exif_transpose(picture, in_place=True)
        transparent = picture.has_transparency_data
        picture = picture.convert("RGBA" if transparent else "RGB")
    content = BytesIO()
    # Nothing of the source's own metadata is handed on but the meaning of its colours.
    picture.info.clear()
    if transparent or source_format in DRAWN:
        suffix, media_type = ".png", "image/png"
        picture.save(content, "PNG", icc_profile=profile)
    else:
        suffix, media_type = ".jpg", "image/jpeg"
        picture.save(content, "JPEG", quality=90, progressive=True, icc_profile=profile)
    name = PurePath(file.name).stem + suffix
    return SimpleUploadedFile(name, content.getvalue(), media_type)


class PictureForm(BaseImageForm):
    """The form of a picture in the library and in the chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, widget=file.widget, required=file.required
            )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

SIGNATURES = {
    "doc": (0, OLE),
    "docx": (0, ZIP),
    "mp4": (4, b"ftyp"),
    "ods": (0, ZIP),
    "odt": (0, ZIP),
    "pdf": (0, b"%PDF-"),
    "webm": (0, b"\x1a\x45\xdf\xa3"),
    "xls": (0, OLE),
    "xlsx": (0, ZIP),
}
"""Suffix: where in the file its kind is told, and how."""

LARGEST_DOCUMENT = 50 * 1024 * 1024
LARGEST_VIDEO = 200 * 1024 * 1024
"""Bytes."""


class DocumentForm(BaseDocumentForm):
    """The form of a document in the library and in the chooser."""

    def clean_file(self):
        """Refuse a file that is not what its name says, or too large."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        suffix = PurePath(file.name).suffix.lower().removeprefix(".")
        largest = LARGEST_VIDEO if suffix in ("mp4", "webm") else LARGEST_DOCUMENT
        if file.size > largest:
            raise ValidationError(
                _("“%(name)s” has %(size)s. A file may have at most %(largest)s."),
                params={
                    "name": file.name,
                    "size": filesizeformat(file.size),
                    "largest": filesizeformat(largest),
                },
            )
        offset, signature = SIGNATURES.get(suffix, (0, b""))
        file.seek(offset)
        beginning = file.read(len(signature))
        file.seek(0)
        if beginning != signature:
            raise ValidationError(
                _("“%(name)s” is no %(kind)s file, whatever its name says."),
                params={"name": file.name, "kind": suffix.upper()},
            )
        return file
