"""Data for machines within a page: no script runs, so the content policy lets it stand."""

import json

from django.utils.safestring import SafeString

ESCAPES = str.maketrans(
    {
        character: f"\\u{ord(character):04x}"
        # The last two end a line in JavaScript, though not in JSON.
        for character in ("<", ">", "&", "\u2028", "\u2029")
    }
)


def script(data):
    """Return `data` as the element that search engines read; nothing in it can close it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
