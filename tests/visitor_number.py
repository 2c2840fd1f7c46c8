"""Whether a page shows how many are online."""

import re


def shows_number(html):
    """Say whether a page (bytes) came with the number; without one its place is there, hidden."""
    return re.search(rb"data-visitor-count>\d", html) is not None
