"""Text in the form that search compares: plain letters and digits without accents."""

import re
import unicodedata

from anyascii import anyascii

from cms.text.spelling import normalise


def without_symbols(text: str) -> str:
    """Return `text` without symbols such as emoji, which would be spelled out in English."""
    return "".join(
        character
        for character in text
        # The last category has the characters that join emoji.
        if unicodedata.category(character) not in ("So", "Sk", "Cf")
    )


def fold(text: str) -> str:
    """Return `text` as words of plain lower-case letters and digits, which search compares.

    "Thi đua", "THI DUA" and the same in NFD all give "thi dua". "62/2020/NĐ-CP" gives "62 2020 nd
    cp", because each database splits words at punctuation in its own way.
    """
    letters = anyascii(without_symbols(normalise(text))).lower()
    # PostgreSQL fails on words of 2,048 letters, so a very long word is split.
    return " ".join(re.findall("[a-z0-9]{1,200}", letters))
