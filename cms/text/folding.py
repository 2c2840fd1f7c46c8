"""Text as search compares it: plain letters and figures, without accents."""

import re
import unicodedata

from anyascii import anyascii

from cms.text.spelling import normalise


def without_symbols(text):
    """Return `text` without symbols, emoji among them: they would be spelled out in English."""
    return "".join(
        character
        for character in text
        # The last category is that of what joins emoji.
        if unicodedata.category(character) not in ("So", "Sk", "Cf")
    )


def fold(text):
    """Return `text` as words of plain small letters and figures: what search compares.

    "Thi đua", "THI DUA" and the same in NFD all give "thi dua"; "62/2020/NĐ-CP" gives
    "62 2020 nd cp", since databases split at punctuation each in its own way.
    """
    letters = anyascii(without_symbols(normalise(text))).lower()
    # PostgreSQL fails on words of 2,048 letters: an endless one is taken apart.
    return " ".join(re.findall("[a-z0-9]{1,200}", letters))
