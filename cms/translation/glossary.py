"""The search for glossary terms in a text, with the words compared as people read them.

Three differences are ignored: upper and lower case, the place of a tone mark ("Ủy ban" and "Uỷ
ban"), and the shape of an apostrophe. Only whole words match.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cms.text.sorting import TONES
from cms.text.spelling import normalise

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Term:
    """An official name, its translation, and a note."""

    source: str
    translation: str
    note: str


def key(text: str) -> str:
    """Return the form that all spellings of the same words share.

    It is the words, separated by spaces.
    """
    plain = normalise(text).casefold().replace("’", "'")
    return " ".join(
        word if word.isascii() else with_tone_mark_last(word) for word in WORD.findall(plain)
    )


@lru_cache(maxsize=10_000)
def with_tone_mark_last(word: str) -> str:
    """Return the word with its tone mark at the end, wherever it was typed."""
    signs = unicodedata.normalize("NFD", word)
    return "".join(sorted(signs, key=TONES.__contains__))


def contains_phrase(text: str, phrase: str) -> bool:
    """Return whether `text` contains the words of `phrase`; the last may have an ending."""
    return f" {key(phrase)}" in f" {key(text)}"


class Glossary:
    """The terms of one language, from pairs of `key` and `Term`."""

    def __init__(self, pairs: Iterable[tuple[str, Term]]) -> None:
        self.terms = dict(pairs)
        self.longest = max((key.count(" ") + 1 for key in self.terms), default=0)

    def find_terms(self, text: str) -> list[Term]:
        """Return the terms in `text` in order; a longer term hides those within it."""
        words, position = key(text).split(), 0
        found: dict[str, Term] = {}
        while position < len(words):
            length = self.longest_at(words, position)
            if length:
                name = " ".join(words[position : position + length])
                found[name] = self.terms[name]
            position += length or 1
        return list(found.values())

    def longest_at(self, words: Sequence[str], position: int) -> int:
        """Return the word count of the longest term at `position`, 0 if none starts there."""
        for length in range(min(self.longest, len(words) - position), 0, -1):
            if " ".join(words[position : position + length]) in self.terms:
                return length
        return 0
