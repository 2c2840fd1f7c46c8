"""Slugs of Vietnamese titles: made on the server, and by the script that fills the field."""

import re

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.admin.widgets.slug import SlugInput

from cms.text.folding import without_symbols
from cms.text.spelling import normalise

SEPARATORS = str.maketrans("/\\–—", "    ")
"""Signs that part words as a space does, and that a slug would otherwise lose."""

# The accented Latin letters that Vietnamese uses, both as one code point and taken apart.
FORMATTERS = [
    (re.compile(r"[\u0300-\u036f]"), ""),
    (re.compile("[àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ]"), "a"),
    (re.compile("[èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ]"), "e"),
    (re.compile("[ìíỉĩịÌÍỈĨỊ]"), "i"),
    (re.compile("[òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ]"), "o"),
    (re.compile("[ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ]"), "u"),
    (re.compile("[ỳýỷỹỵỲÝỶỸỴ]"), "y"),
    (re.compile(r"[/\\–—]"), " "),
    (re.compile("[đĐ]"), "d"),
]


def slug_from(text, max_length=255):
    """Return the slug of a title: "Khối thi đua" gives `khoi-thi-dua`, "Đà Nẵng" `da-nang`.

    The slug is cut between words at `max_length` characters, and empty where `text` has neither
    letter nor figure.
    """
    slug = slugify(anyascii(without_symbols(normalise(text).translate(SEPARATORS))))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


class VietnameseSlugInput(SlugInput):
    """The slug field of the page editor, filled from the title as it is typed."""

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, formatters=FORMATTERS)
