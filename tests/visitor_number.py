"""A check for the number of visitors online in a page."""

import re


def shows_number(html):
    """Return whether the page `html` (bytes) contains the number.

    A page without the number still contains its element, which is hidden.
    """
    return re.search(rb"data-visitor-count>\d", html) is not None
