"""Sort keys in the order of a Vietnamese dictionary, for any database."""

import re
import unicodedata

# The letters in the order of a Vietnamese dictionary (with f, j, w, z where Latin has them).
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

# Combining grave, hook, tilde, acute and dot below. This is the order of tones in a dictionary.
TONES = "\u0300\u0309\u0303\u0301\u0323"

# Combining breve, circumflex and horn. They form separate letters (ă â ê ô ơ ư).
VOWEL_MARKS = "\u0306\u0302\u031b"

LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(ALPHABET, start=10)}


def sort_key(text: str) -> str:
    """Return a plain ASCII key that sorts in the order of a Vietnamese dictionary.

    Letters decide first (a ă â … d đ …). Tones decide only between words that are otherwise alike.
    With this key, any database sorts correctly without a Vietnamese collation. SQLite has no such
    collation.
    """
    letters: list[str] = []
    tones: list[str] = []
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


def _rank(letter: str) -> str:
    """Return the sort key of one letter.

    The order is spaces, then digits, then the alphabet, then others.
    """
    if letter in LETTER_RANK:
        return LETTER_RANK[letter]
    if letter.isascii() and letter.isdigit():
        return f"0{letter}"
    if re.match(r"\W", letter):
        return "00"
    return f"99{ord(letter):06x}"
