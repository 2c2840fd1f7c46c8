"""The slug field of the admin: its script agrees with `slug_from`."""

import re

from wagtail.admin.widgets.slug import SlugInput

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


class VietnameseSlugInput(SlugInput):
    """The slug field of the page editor, filled from the title as it is typed."""

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, formatters=FORMATTERS)
