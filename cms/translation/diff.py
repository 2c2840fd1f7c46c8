"""The changes in a source text, and how much of its meaning they change.

Numbers and names weigh more than punctuation.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import strip_tags

# The weights of changes: in numbers and dates, in names, in all other words, only in signs or
# markup.
#
# An added or deleted text weighs as much as its content: as a number if it contains a number.
NUMBER_WEIGHT, NAME_WEIGHT, WORD_WEIGHT, SIGN_WEIGHT = 100, 60, 30, 1

NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
WORD = re.compile(r"[^\W\d_]+")
PART = re.compile(r"\s+|\w+(?:[.,:/-]\w+)*|.", re.DOTALL)

# The minimum similarity, from 0 to 1, of two texts that count as versions of each other.
MIN_SIMILARITY = 0.4


@dataclass(frozen=True)
class Part:
    """A run of text in two versions of a text.

    `kind` is "same" if both versions have it, else "removed" or "added".
    """

    kind: str
    text: str


def weight(old: str, new: str) -> int:
    """Return how much of the meaning differs between two versions of a text.

    One of them may be empty.
    """
    old, new = strip_tags(old or ""), strip_tags(new or "")
    if Counter(NUMBER.findall(old)) != Counter(NUMBER.findall(new)):
        return NUMBER_WEIGHT
    if old and new and names(old) != names(new):
        return NAME_WEIGHT
    if Counter(split_words(old)) != Counter(split_words(new)) or split_words(old) != split_words(
        new
    ):
        return WORD_WEIGHT
    return SIGN_WEIGHT


def names(text: str) -> Counter[str]:
    """Return the counts of the capitalised words that do not begin a sentence."""
    found: Counter[str] = Counter()
    for match in WORD.finditer(text):
        before = text[: match.start()].rstrip()
        if match.group()[0].isupper() and before and before[-1] not in '.!?:…“"':
            found[match.group()] += 1
    return found


def split_words(text: str) -> list[str]:
    """Return the words of a text in their order, in lower case."""
    return [word.casefold() for word in WORD.findall(text)]


def diff_parts(old: str, new: str) -> list[Part]:
    """Return the `Part`s of two versions in reading order: same, removed, added."""
    before, after = PART.findall(old), PART.findall(new)
    parts = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part("same", "".join(before[start:end])))
            continue
        if end > start:
            parts.append(Part("removed", "".join(before[start:end])))
        if new_end > new_start:
            parts.append(Part("added", "".join(after[new_start:new_end])))
    return parts


def similarity(old: str, new: str) -> float:
    """Return how similar two texts are, from 0 to 1."""
    return SequenceMatcher(None, split_words(old), split_words(new), autojunk=False).ratio()


def match_versions(olds: Sequence[str], news: Sequence[str]) -> list[int | None]:
    """Return for each of `news` the index of its earlier version in `olds`, or `None`.

    The most similar texts are matched first. If there is one text in each list, they match.
    """
    if len(olds) == len(news) == 1:
        return [0]
    likenesses = sorted(
        ((-similarity(old, new), i, j) for i, old in enumerate(olds) for j, new in enumerate(news)),
    )
    found: list[int | None] = [None] * len(news)
    taken: set[int] = set()
    for unlikeness, i, j in likenesses:
        if -unlikeness >= MIN_SIMILARITY and found[j] is None and i not in taken:
            found[j] = i
            taken.add(i)
    return found
