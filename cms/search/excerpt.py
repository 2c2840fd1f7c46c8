"""Excerpts of the text of search results, with the found words marked."""

import re
from collections import Counter, deque
from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from cms.text.folding import fold

WORD = re.compile(r"[^\W_]+")
# Characters of an excerpt, without the ellipses.
EXCERPT_LENGTH = 240

# Characters shown before the first found word.
CHARACTERS_BEFORE_MATCH = 60

# The start and end of a word in a text, and the folded terms that it matches.
Match = tuple[int, int, frozenset[str]]


@lru_cache(maxsize=20_000)
def folded_words(word: str) -> frozenset[str]:
    """Return the folded words for one word of a text.

    The results are cached, because a language has only a few thousand words.
    """
    return frozenset(fold(word).split())


def find_matches(text: str, terms: frozenset[str]) -> list[Match]:
    """Return start, end and terms of each word of `text` that matches a folded term of `terms`."""
    return [
        (match.start(), match.end(), found)
        for match in WORD.finditer(text)
        if (found := terms & folded_words(match[0]))
    ]


def highlight(text: str, query: str) -> SafeString:
    """Return `text` as HTML, with the words of `query` marked."""
    pieces, position = [], 0
    for start, end, _terms in find_matches(text, frozenset(fold(query).split())):
        pieces.append((text[position:start], text[start:end]))
        position = end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[position:])


def excerpt(texts: Iterable[str], query: str) -> SafeString:
    """Return the part of `texts` with the most words of `query`, and mark these words.

    If several parts are equal, return the first one. If no part has any of the words, return the
    start of the first text. In that case the title may have matched.
    """
    terms = frozenset(fold(query).split())
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    most, best = 0, (texts[0], 0) if texts else ("", 0)
    for text in texts:
        number, position = find_best_position(find_matches(text, terms))
        if number > most:
            most, best = number, (text, position)
    return highlight(cut_around(*best), query)


def find_best_position(matches: Iterable[Match]) -> tuple[int, int]:
    """Return the largest number of terms within one excerpt, and the position of its first word.

    If several excerpts are equal, the position is that of the first one.
    """
    most, position = 0, 0
    near: deque[Match] = deque()
    within: Counter[str] = Counter()
    for match in matches:
        near.append(match)
        within.update(match[2])
        while len(near) > 1 and match[1] - near[0][0] > EXCERPT_LENGTH - CHARACTERS_BEFORE_MATCH:
            within.subtract(near.popleft()[2])
        number = sum(1 for count in within.values() if count)
        if number > most:
            most, position = number, near[0][0]
    return most, position


def cut_around(text: str, position: int) -> str:
    """Return the text around `position`, cut between words, with an ellipsis at each cut."""
    start = max(0, position - CHARACTERS_BEFORE_MATCH)
    if start:
        start = text.find(" ", start, position) + 1 or position
    end = start + EXCERPT_LENGTH
    end = len(text) if end >= len(text) else max(text.rfind(" ", position, end), position + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
