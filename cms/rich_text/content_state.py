"""Checks of the rich text that the editor sends, before it is stored.

This module is separate from `entities.py`. The handlers there come from Wagtail's admin and cannot
be imported while models are being loaded.
"""

import json
from collections.abc import Mapping

from bs4 import BeautifulSoup

from cms.text.keys import is_key

# Attributes that name the kind of an entity, each with the kinds that name a row by its id.
WITH_AN_ID = {"linktype": ("page", "document"), "embedtype": ("image",)}


def broken_links(html: str) -> list[tuple[str, str]]:
    """Return pairs of text and id of the links and embeds whose id is not a valid key."""
    found = []
    for element in BeautifulSoup(html, "html.parser").find_all(["a", "embed"]):
        for attribute, kinds in WITH_AN_ID.items():
            key = str(element.get("id", ""))
            if element.get(attribute) in kinds and not is_key(key):
                found.append((element.get_text() or str(element.get("alt", "")), key))
    return found


def is_content_state(text: str) -> bool:
    """Return whether `text` is content of the editor: blocks of text with ranges that fit them.

    A paragraph in which nobody has typed yet is sent as `null`, for example by the autosave.
    """
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if content is None:
        return True
    if not isinstance(content, dict):
        return False
    blocks, entities = content.get("blocks", []), content.get("entityMap", {})
    return (
        isinstance(blocks, list)
        and isinstance(entities, dict)
        and all(is_entity(entity) for entity in entities.values())
        and all(is_block(block, entities) for block in blocks)
    )


def is_entity(entity: object) -> bool:
    """Return whether `entity` is a link or a similar entity with plain values."""
    return (
        isinstance(entity, dict)
        and isinstance(entity.get("type"), str)
        and isinstance(entity.get("data"), dict)
        and all(isinstance(value, str | int | None) for value in entity["data"].values())
        and isinstance(entity["data"].get("url"), str | None)
    )


def is_block(block: object, entities: Mapping[str, object]) -> bool:
    """Return whether `block` is a paragraph or a similar block."""
    if not isinstance(block, dict):
        return False
    styles, links = block.get("inlineStyleRanges", []), block.get("entityRanges", [])
    return (
        isinstance(block.get("text"), str)
        and isinstance(block.get("type"), str)
        and isinstance(block.get("key", ""), str)
        and block.get("depth", 0) in range(MAX_DEPTH)
        and isinstance(styles, list)
        and isinstance(links, list)
        and all(is_range(style) and isinstance(style.get("style"), str) for style in styles)
        and all(is_range(link) and str(link.get("key")) in entities for link in links)
    )


# The maximum depth of nested lists. The editor stops at 4.
MAX_DEPTH = 20


def is_range(part: object) -> bool:
    """Return whether `part` is a range of a text."""
    return isinstance(part, dict) and all(
        isinstance(part.get(name), int) and 0 <= part[name] < 10_000_000
        for name in ("offset", "length")
    )
