"""Fragments of HTML with inline tags alone, as they are stored and as they are typed."""

import re

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.text.spelling import normalise

# A tag that another begins within, or that does not end: parsers take very long over many.
UNCLOSED = re.compile(r"<(?=[a-z/])[^<>]*(?:<|\Z)", re.IGNORECASE)

TAG = re.compile(r"<(/?)[a-z][^<>]*?(/?)>", re.IGNORECASE)

# How many tags may stand within each other: parsers call themselves for each.
MAX_TAG_DEPTH = 50


def is_plain(html):
    """Say whether a fragment of HTML has no tags but ends of line."""
    return "<" not in html.replace("<br/>", "")


def as_typed(html, is_plain):
    """Return a fragment of HTML as it is typed: plain text without tags and entities."""
    return StringValue(html).render_text() if is_plain else html


def as_stored(text, is_plain):
    """Return what a translator typed as a fragment of HTML, normalised."""
    text = normalise(text).strip()
    return StringValue.from_plaintext(text).data if is_plain else text


def problem(source, translation):
    """Say what is wrong with the HTML of a translation, `""` if nothing is."""
    # wagtail-localize lets comments pass, in which browsers and its parser see different things.
    if re.search("<[!?]", translation):
        return _("Comments and declarations are not allowed.")
    if UNCLOSED.search(translation):
        return _("A tag is not closed with “>”.")
    if depth(translation) > MAX_TAG_DEPTH:
        return _("Too many tags stand within each other.")
    try:
        StringValue.from_translated_html(translation)
        validate_translation_links(source, translation)
    except ValueError as error:
        return str(error)
    return ""


def depth(html):
    """Return how many tags stand within each other at most, one without an end for as many."""
    deepest = now = 0
    for closing, empty in TAG.findall(html):
        now += 0 if empty else -1 if closing else 1
        deepest = max(deepest, now)
    return deepest
