"""The inline style sheet of the public pages, which the content security policy allows.

A separate file would cost each first visit one more round trip to the server before anything is
drawn. On a slow network, this takes longer than loading its few kilobytes.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString
from rcssmin import cssmin

NAME = "cms/css/portal.css"
URL = re.compile(r'url\("\.\./([^"]+)"\)')


@dataclass(frozen=True)
class StyleSheet:
    """The rules without comments and spaces. The URLs of their pictures start at the root."""

    rules: str

    @cached_property
    def source(self) -> str:
        """Return the source expression that lets a content policy allow only these rules."""
        digest = base64.b64encode(hashlib.sha256(self.rules.encode()).digest()).decode()
        return f"'sha256-{digest}'"

    @cached_property
    def element(self) -> SafeString:
        """Return the `<style>` element."""
        return SafeString(f"<style>{self.rules}</style>")


def read_style_sheet() -> StyleSheet:
    """Read the style sheet from its file and return it."""
    path = finders.find(NAME)
    assert path is not None
    rules = cssmin(Path(path).read_text())
    return StyleSheet(URL.sub(lambda found: f'url("{static(f"cms/{found[1]}")}")', rules))


cached_style_sheet = cache(read_style_sheet)


def style_sheet() -> StyleSheet:
    """Return the style sheet, which is read once.

    With `DEBUG`, it is read again each time, because a developer may be editing it.
    """
    return read_style_sheet() if settings.DEBUG else cached_style_sheet()
