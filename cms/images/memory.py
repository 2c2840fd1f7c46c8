"""What a picture will take in memory, told by its header before any pixel is decoded.

A file of some kilobytes may hold hundreds of megapixels of one colour. The number of pixels does
not tell all: the same picture takes 3 bytes a pixel as grey PNG and 18 as WebP.
"""

import struct

from django.conf import settings
from PIL import Image

from cms.images import av1

# The formats that are looked into; Pillow would try fifty more.
KINDS = ("AVIF", "GIF", "HEIF", "JPEG", "PNG", "WEBP")

OPAQUE_BYTES_PER_PIXEL = {
    "AVIF": 11,
    "GIF": 7,
    "HEIF": 8,
    "JPEG": 6,
    "MPO": 6,
    "PNG": 7,
    "WEBP": 18,
}
# Bytes a pixel at the peak of decoding and scaling down, measured at 50 megapixels.
TRANSPARENT_BYTES_PER_PIXEL = {"AVIF": 14, "GIF": 11, "HEIF": 10, "PNG": 11, "WEBP": 18}

# Bytes of a decoded pixel up to which the above holds, of an opaque and of a transparent AVIF.
AVIF_DECODED_BYTES_PER_PIXEL = {False: 3, True: 1.5}

# Bytes a pixel for each byte of a decoded pixel more: full colours of 10 bits have 6.
AVIF_BYTES_PER_EXTRA_DECODED_BYTE = 1.7

# The same of a JPEG whose scans are all kept before the first row can be drawn.
JPEG_IN_SCANS_BYTES_PER_PIXEL = 12

# Bytes: what the 50 megapixels of a telephone take, in the format that takes the most of them.
MAX_MEMORY_BYTES = 8192 * 6144 * 8


def open_header(file):
    """Return the picture in `file` as Pillow knows it from its header."""
    file.seek(0)
    return Image.open(file, formats=KINDS)


def max_pixels(picture, frames: av1.Frames | None = None):
    """Return how many pixels a picture of the kind of an opened one may have.

    The frames are those of an AVIF.
    """
    taken = bytes_per_pixel(picture)
    if frames:
        plain = AVIF_DECODED_BYTES_PER_PIXEL[picture.has_transparency_data]
        taken += AVIF_BYTES_PER_EXTRA_DECODED_BYTE * max(frames.bytes_per_decoded_pixel - plain, 0)
    return min(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, int(MAX_MEMORY_BYTES // taken))


def bytes_per_pixel(picture):
    """Return what a pixel of the picture takes while it is decoded and scaled down."""
    if picture.format in ("JPEG", "MPO") and not is_read_row_by_row(picture):
        return JPEG_IN_SCANS_BYTES_PER_PIXEL
    if picture.has_transparency_data:
        return TRANSPARENT_BYTES_PER_PIXEL[picture.format]
    return OPAQUE_BYTES_PER_PIXEL[picture.format]


def is_read_row_by_row(picture):
    """Say whether the first scan of an opened JPEG holds all of it: no progressive one does.

    Pillow has just read the header of that scan, 8 bytes and 2 for each of its components.
    """
    components = len(picture.layer)
    length = 8 + 2 * components
    end = picture.fp.tell()
    picture.fp.seek(max(end - length, 0))
    header = picture.fp.read(5)
    picture.fp.seek(end)
    whole = b"\xff\xda" + struct.pack(">HB", length - 2, components)
    return header == whole and not picture.info.get("progressive")
