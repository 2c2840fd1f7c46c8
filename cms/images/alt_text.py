"""Checks for alt text, which screen readers read aloud."""

import re

from cms.text.folding import fold

SUFFIX = re.compile(r"(?i).+\.(avif|bmp|gif|heic|heif|jpe?g|png|svg|tiff?|webp)")
CAMERA = re.compile(
    r"(?i)(dsc|dscf|dscn|gopr|img|image|mvimg|p|photo|pxl|screenshot|vlcsnap|wp)?"
    r"[-_ ]*\d{3,}[-_ \d().~a-z]{0,24}"
)


def is_file_name(text: str) -> bool:
    """Return whether `text` is a name that cameras or computers give a file: DSC_0123, anh.jpg."""
    text = text.strip()
    return bool(SUFFIX.fullmatch(text) or CAMERA.fullmatch(text))


def repeats_caption(alt_text: str, caption: str) -> bool:
    """Return whether the alt text only repeats the caption, which everybody gets."""
    return bool(fold(alt_text)) and fold(alt_text) == fold(caption)
