"""The style sheet as the public pages carry it: within the page, and named by the content policy.

A sheet of its own would cost each first visit another journey to the server before anything is
drawn, which on a slow network takes longer than its few kilobytes do.
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
    """The rules, without comments and spaces, their pictures addressed from the root."""

    rules: str

    @cached_property
    def source(self):
        """Return the source expression by which a content policy allows these rules, no other."""
        digest = base64.b64encode(hashlib.sha256(self.rules.encode()).digest()).decode()
        return f"'sha256-{digest}'"

    @cached_property
    def element(self):
        """Return the `<style>` element."""
        return SafeString(f"<style>{self.rules}</style>")


def read_style_sheet():
    """Return the style sheet as its file says it now."""
    rules = cssmin(Path(finders.find(NAME)).read_text())
    return StyleSheet(URL.sub(lambda found: f'url("{static(f"cms/{found[1]}")}")', rules))


cached_style_sheet = cache(read_style_sheet)


def style_sheet():
    """Return the style sheet; it is read once, but anew each time while it is being written."""
    return read_style_sheet() if settings.DEBUG else cached_style_sheet()
