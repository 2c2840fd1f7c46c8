"""Slugs of Vietnamese titles."""

from anyascii import anyascii
from django.utils.text import slugify

from cms.text.folding import without_symbols
from cms.text.spelling import normalise

# Characters that separate words as a space does. Otherwise a slug would lose them.
SEPARATORS = str.maketrans("/\\–—", "    ")


def slug_from(text: str, max_length: int = 255) -> str:
    """Return the slug of a title: "Khối thi đua" gives `khoi-thi-dua`, "Đà Nẵng" `da-nang`.

    The slug is cut between words at `max_length` characters. It is empty if `text` has no letters
    and no digits.
    """
    slug = slugify(anyascii(without_symbols(normalise(text).translate(SEPARATORS))))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
