"""Normalisation of every incoming text to one spelling.

A Vietnamese letter can be typed as one code point (NFC) or as a base letter with combining marks
(NFD). macOS file names and some keyboards use NFD. The two forms look alike and compare as unequal,
so everything is stored as NFC.
"""

import unicodedata
from typing import Any

NON_BREAKING_SPACES = {"\u00a0": " ", "\u202f": " ", "\u2007": " "}

CONTROL_CHARACTERS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"]

NORMALISATION_TABLE = str.maketrans(
    {**NON_BREAKING_SPACES, **dict.fromkeys(CONTROL_CHARACTERS, "")}
)


def normalise(text: str) -> str:
    """Return `text` as NFC, with ordinary spaces for non-breaking ones and no control characters.

    Control characters come with pasted text. They show nothing and are not allowed in a feed.
    """
    return unicodedata.normalize("NFC", text).translate(NORMALISATION_TABLE)


def normalise_tree(value: Any) -> Any:
    """Return `value`, nested lists and dicts of JSON, with every string normalised."""
    if isinstance(value, str):
        return normalise(value.replace("&nbsp;", " "))
    if isinstance(value, list):
        return [normalise_tree(item) for item in value]
    if isinstance(value, dict):
        return {key: normalise_tree(item) for key, item in value.items()}
    return value
