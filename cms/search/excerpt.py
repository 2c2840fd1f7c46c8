"""What a result shows of its text, with the words found marked."""

import re

from django.utils.html import escape, format_html_join

from cms.text import fold

WORD = re.compile(r"[^\W_]+")
EXCERPT_LENGTH = 240
"""Characters of an excerpt, ellipses left out."""

LEAD_IN = 60
"""Characters shown before the first word found."""


def found_in(text, terms):
    """Return the start and end of each word of `text` that a folded term of `terms` names."""
    return [
        (match.start(), match.end())
        for match in WORD.finditer(text)
        if terms.intersection(fold(match[0]).split())
    ]


def marked(text, query):
    """Return `text` as HTML, with the words of `query` marked."""
    pieces, position = [], 0
    for start, end in found_in(text, set(fold(query).split())):
        pieces.append((text[position:start], text[start:end]))
        position = end
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[position:])


def excerpt(texts, query):
    """Return the part of the first of `texts` in which words of `query` are found, marked.

    Where none has any (the title may have been what matched), it is the start of the first text.
    """
    terms = set(fold(query).split())
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    for text in texts:
        if places := found_in(text, terms):
            return marked(cut_around(text, places[0][0]), query)
    return marked(cut_around(texts[0], 0), query) if texts else ""


def cut_around(text, position):
    """Return what stands around `position`, cut between words, with ellipses where it was cut."""
    start = max(0, position - LEAD_IN)
    if start:
        start = text.find(" ", start, position) + 1 or position
    end = start + EXCERPT_LENGTH
    end = len(text) if end >= len(text) else max(text.rfind(" ", position, end), position + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
