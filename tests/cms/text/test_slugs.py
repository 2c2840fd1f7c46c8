"""The script of the slug field makes the same slugs as the server."""

import json
import re
import unicodedata

import pytest

from cms.text.slug_input import FORMATTERS, VietnameseSlugInput
from cms.text.slugs import slug_from
from tests.spelling import nfd

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [
    unicodedata.normalize("NFC", letter + tone)
    for vowel in VOWELS
    for letter in (vowel, vowel.upper())
    for tone in TONES
] + ["đ", "Đ"]


def as_the_script_does(text):
    """Return `text` after the formatters of the slug field, with only the letters of a slug."""
    for pattern, replacement in FORMATTERS:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", text, flags=re.ASCII)).lower()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_script_spells_every_vietnamese_letter_as_the_server_does(form):
    assert len(LETTERS) == 146
    for letter in LETTERS:
        typed = unicodedata.normalize(form, letter)
        assert as_the_script_does(typed) == slug_from(letter), letter


@pytest.mark.parametrize("title", ["Khối thi đua", "ĐÀ NẴNG", "Những người ưỡn ngực bước tới"])
def test_the_script_spells_titles_as_the_server_does(title):
    assert as_the_script_does(title) == as_the_script_does(nfd(title)) == slug_from(title)


def test_the_slug_field_hands_the_formatters_to_the_script():
    given = json.loads(VietnameseSlugInput().attrs["data-w-slug-formatters-value"])
    assert len(given) == len(FORMATTERS)
    assert "đ" in given[-1][0][0]
