"""Pages of a list, without counting the list.

A section may hold tens of thousands of articles; a reader is shown twelve and a handful of links.
What is read grows with the number of the page asked for, not with the archive, so numbers end at
`LAST_PAGE`.
"""

import re

# Page numbers shown before and after the present one.
LINKS_EACH_SIDE = 2

# The highest page number that is answered.
LAST_PAGE = 500


class InvalidPageError(Exception):
    """What was asked for is no number of a page that exists."""


class ListingPage:
    """One page of a queryset, and the numbers of those around it.

    `number` is what the address says: text that must be a whole number from 1. Page 1 exists
    always, empty where there is nothing to list; any other only where it has an item.
    """

    def __init__(self, queryset, number, size):
        if not re.fullmatch("[1-9][0-9]{0,3}", number) or int(number) > LAST_PAGE:
            raise InvalidPageError(number)
        self.number = int(number)
        start = (self.number - 1) * size
        # The rows of the pages linked ahead come along: one query, whatever the archive holds.
        rows = list(queryset[start : start + size * (1 + LINKS_EACH_SIDE)])
        if not rows and self.number > 1:
            raise InvalidPageError(number)
        self.items = rows[:size]
        pages_ahead = max(0, -(-len(rows) // size) - 1)
        self._last_known = min(self.number + pages_ahead, LAST_PAGE)

    @property
    def page_numbers(self):
        """Return the page numbers to link, the present one among them; none for a single page."""
        first = max(1, self.number - LINKS_EACH_SIDE)
        numbers = range(first, self._last_known + 1)
        return numbers if len(numbers) > 1 else []

    @property
    def previous_page_number(self):
        """Return the number of the page before, `None` on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next_page_number(self):
        """Return the number of the page after, `None` on the last."""
        return self.number + 1 if self.number < self._last_known else None
