"""Vietnamese text: one spelling on the way in, slugs, cutting and sorting.

A Vietnamese letter can be typed as one code point (NFC) or as a base letter with combining marks
(NFD, as macOS file names and some keyboards give it). The two look alike and compare unequal, so
everything is stored as NFC.
"""

import re
import unicodedata

from anyascii import anyascii
from django.utils.text import slugify

SEPARATORS = str.maketrans("/\\–—", "    ")
"""Signs that part words as a space does, and that a slug would otherwise lose."""

NON_BREAKING_SPACES = {"\u00a0": " ", "\u202f": " ", "\u2007": " "}

CONTROL_CHARACTERS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]

PLAIN = str.maketrans({**NON_BREAKING_SPACES, **dict.fromkeys(CONTROL_CHARACTERS, "")})

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The letters in the order of a Vietnamese dictionary (with f, j, w, z where Latin has them)."""

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Combining grave, hook, tilde, acute and dot below: the dictionary's order of tones."""

VOWEL_MARKS = "\u0306\u0302\u031b"
"""Combining breve, circumflex and horn: they make letters of their own (ă â ê ô ơ ư)."""

LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(ALPHABET, start=10)}


def normalise(text):
    """Return `text` as NFC, with ordinary spaces for non-breaking ones and no control characters.

    The latter come along with what is pasted, show nothing, and may not stand in a feed.
    """
    return unicodedata.normalize("NFC", text).translate(PLAIN)


def normalise_tree(value):
    """Return `value`, nested lists and dicts of JSON, with every string normalised."""
    if isinstance(value, str):
        return normalise(value.replace("&nbsp;", " "))
    if isinstance(value, list):
        return [normalise_tree(item) for item in value]
    if isinstance(value, dict):
        return {key: normalise_tree(item) for key, item in value.items()}
    return value


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


def slug_from(text, max_length=255):
    """Return the slug of a title: "Khối thi đua" gives `khoi-thi-dua`, "Đà Nẵng" `da-nang`.

    The slug is cut between words at `max_length` characters, and empty where `text` has neither
    letter nor figure.
    """
    slug = slugify(anyascii(without_symbols(normalise(text).translate(SEPARATORS))))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


def cut(text, length=100):
    """Return `text` cut at a word, at most `length` characters with the ellipsis that ends it."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    head = text[:length]
    kept = head.rpartition(" ")[0] or head[:-1]
    return kept.rstrip(" ,;:.–-") + "…"


def sort_key(text):
    """Return a plain ASCII key whose order is that of a Vietnamese dictionary.

    Letters decide first (a ă â … d đ …), tones between words alike otherwise, so that any
    database sorts right without a Vietnamese collation: SQLite has none.
    """
    letters, tones = [], []
    for character in unicodedata.normalize("NFD", text.casefold()):
        if character in TONES:
            tones[-1:] = [str(TONES.index(character) + 1)]
        elif character in VOWEL_MARKS and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + character)
        elif not unicodedata.combining(character):
            letters.append(character)
            tones.append("0")
    ranked = "".join(_rank(letter) for letter in letters)
    return f"{ranked} {''.join(tones)}"


def _rank(letter):
    """Return the sort key of one letter: spaces, then figures, then the alphabet, then others."""
    if letter in LETTER_RANK:
        return LETTER_RANK[letter]
    if letter.isascii() and letter.isdigit():
        return f"0{letter}"
    if re.match(r"\W", letter):
        return "00"
    return f"99{ord(letter):06x}"
