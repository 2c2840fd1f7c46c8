"""The memory that a picture needs, read from its header before any pixel is decoded.

A file of some kilobytes may hold hundreds of megapixels of one colour. The number of pixels is not
enough to know the memory. The same picture takes 3 bytes per pixel as a grey PNG and 18 as WebP.
"""

import struct
from typing import IO

from django.conf import settings
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from cms.images import av1

# The formats that Pillow may try here. Without this limit, it would try fifty more.
KINDS = ("AVIF", "GIF", "HEIF", "JPEG", "PNG", "WEBP")

# Bytes per pixel at the peak of decoding and scaling down, measured at 50 megapixels.
OPAQUE_BYTES_PER_PIXEL = {
    "AVIF": 11,
    "GIF": 7,
    "HEIF": 8,
    "JPEG": 6,
    "MPO": 6,
    "PNG": 7,
    "WEBP": 18,
}
TRANSPARENT_BYTES_PER_PIXEL = {"AVIF": 14, "GIF": 11, "HEIF": 10, "PNG": 11, "WEBP": 18}

# The values above hold for an AVIF up to this number of bytes per decoded pixel. The key is whether
# the AVIF is transparent.
AVIF_DECODED_BYTES_PER_PIXEL = {False: 3, True: 1.5}

# Bytes per pixel for each additional byte of a decoded pixel. Full colours of 10 bits have 6 bytes.
AVIF_BYTES_PER_EXTRA_DECODED_BYTE = 1.7

# Bytes per pixel of a JPEG whose reader must keep all scans before it can draw the first row.
JPEG_IN_SCANS_BYTES_PER_PIXEL = 12

# Bytes. A picture of 50 megapixels needs this much in the telephone format that needs the most
# memory.
MAX_MEMORY_BYTES = 8192 * 6144 * 8


def open_header(file: IO[bytes]) -> ImageFile.ImageFile:
    """Return the picture in `file` with only its header read by Pillow."""
    file.seek(0)
    return Image.open(file, formats=KINDS)


def max_pixels(picture: ImageFile.ImageFile, frames: av1.Frames | None = None) -> int:
    """Return the maximum number of pixels for a picture of the same kind as an opened one.

    `frames` are those of an AVIF.
    """
    taken: float = bytes_per_pixel(picture)
    if frames:
        plain = AVIF_DECODED_BYTES_PER_PIXEL[picture.has_transparency_data]
        taken += AVIF_BYTES_PER_EXTRA_DECODED_BYTE * max(frames.bytes_per_decoded_pixel - plain, 0)
    return min(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, int(MAX_MEMORY_BYTES // taken))


def bytes_per_pixel(picture: ImageFile.ImageFile) -> int:
    """Return the bytes per pixel while the picture is decoded and scaled down."""
    assert picture.format is not None
    if picture.format in ("JPEG", "MPO") and not is_read_row_by_row(picture):
        return JPEG_IN_SCANS_BYTES_PER_PIXEL
    if picture.has_transparency_data:
        return TRANSPARENT_BYTES_PER_PIXEL[picture.format]
    return OPAQUE_BYTES_PER_PIXEL[picture.format]


def is_read_row_by_row(picture: ImageFile.ImageFile) -> bool:
    """Return whether the first scan of an opened JPEG holds the whole picture.

    This is never true for a progressive JPEG. Pillow has just read the header of that scan. The
    header has 8 bytes, and 2 more for each component of the scan.
    """
    assert isinstance(picture, JpegImageFile)
    assert picture.fp is not None
    components = len(picture.layer)
    length = 8 + 2 * components
    end = picture.fp.tell()
    picture.fp.seek(max(end - length, 0))
    header = picture.fp.read(5)
    picture.fp.seek(end)
    whole = b"\xff\xda" + struct.pack(">HB", length - 2, components)
    return header == whole and not picture.info.get("progressive")
