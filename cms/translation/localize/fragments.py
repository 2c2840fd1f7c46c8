"""Fragments of HTML that contain only inline tags, as they are stored and as they are typed."""

import re

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.text.spelling import normalise

# A tag that has no end, or in which another tag begins. Parsers are very slow with many of them.
UNCLOSED = re.compile(r"<(?=[a-z/])[^<>]*(?:<|\Z)", re.IGNORECASE)

TAG = re.compile(r"<(/?)[a-z][^<>]*?(/?)>", re.IGNORECASE)

# The maximum nesting depth of tags: parsers recurse once for each level.
MAX_TAG_DEPTH = 50

# The attributes that were removed from the tags of a text, by the id that each tag has instead.
Attributes = dict[str, dict[str, str]]


def is_plain(html: str) -> bool:
    """Return whether a fragment of HTML has no tags except line breaks."""
    return "<" not in html.replace("<br/>", "")


def as_typed(html: str, is_plain: bool) -> str:
    """Return a fragment of HTML as a translator types it: plain text has no tags or entities."""
    return StringValue(html).render_text() if is_plain else html


def as_stored(text: str, is_plain: bool) -> str:
    """Return the text that a translator typed as a normalised fragment of HTML."""
    text = normalise(text).strip()
    return StringValue.from_plaintext(text).data if is_plain else text


def problem(source: str, translation: str) -> str:
    """Return what is wrong with the HTML of a translation, `""` if nothing is."""
    # wagtail-localize allows comments, but browsers and its parser read them differently.
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


def depth(html: str) -> int:
    """Return the maximum nesting depth of the tags in a fragment of HTML.

    A tag without an end tag counts as open until the end of the fragment.
    """
    deepest = now = 0
    for closing, empty in TAG.findall(html):
        now += 0 if empty else -1 if closing else 1
        deepest = max(deepest, now)
    return deepest
