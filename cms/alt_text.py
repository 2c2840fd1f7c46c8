"""What a picture's alt text may not be."""

import re

FILE_NAME = re.compile(
    r"(?i).+\.(avif|bmp|gif|heic|heif|jpe?g|png|svg|tiff?|webp)|(dsc|img|image|pxl)[-_]?\d+.*"
)


def is_file_name(text, image=None):
    """Say whether `text` is the name of a picture's file."""
    return bool(FILE_NAME.fullmatch(text.strip()))
