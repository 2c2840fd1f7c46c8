"""The slug field of the admin. Its script makes the same slugs as `slug_from`."""

import re
from typing import Any

from wagtail.admin.widgets.slug import SlugInput

# The accented Latin letters that Vietnamese uses, both as one code point and decomposed.
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


class VietnameseSlugInput(SlugInput):
    """The slug field of the page editor, filled from the title while an editor types it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, formatters=FORMATTERS)
