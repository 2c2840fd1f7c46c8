"""Pagination of a list without counting the list.

A section may contain tens of thousands of articles; a reader sees twelve of them and a few links.
The number of rows that are read grows with the number of the requested page, not with the archive.
Therefore page numbers end at `LAST_PAGE`.
"""

import re
from collections.abc import Sequence

from django.db.models import QuerySet
from wagtail.models import Page

# The number of page numbers shown before the current one, and after it.
LINKS_EACH_SIDE = 2

# The highest valid page number.
LAST_PAGE = 500


class InvalidPageError(Exception):
    """The requested value is not the number of an existing page."""


class ListingPage:
    """One page of a queryset, and the numbers of the pages around it.

    `number` is the text from the URL. It must be a whole number from 1. Page 1 always exists, and
    is empty if there is nothing to list. Any other page exists only if it has an item.
    """

    def __init__(self, queryset: QuerySet[Page], number: str, size: int) -> None:
        if not re.fullmatch("[1-9][0-9]{0,3}", number) or int(number) > LAST_PAGE:
            raise InvalidPageError(number)
        self.number = int(number)
        start = (self.number - 1) * size
        # The query also fetches the rows of the next linked pages. So one query is enough for an
        # archive of any size.
        rows = list(queryset[start : start + size * (1 + LINKS_EACH_SIDE)])
        if not rows and self.number > 1:
            raise InvalidPageError(number)
        self.items = rows[:size]
        pages_ahead = max(0, -(-len(rows) // size) - 1)
        self._last_known = min(self.number + pages_ahead, LAST_PAGE)

    @property
    def page_numbers(self) -> Sequence[int]:
        """Return the page numbers to link, including the current one; none for a single page."""
        first = max(1, self.number - LINKS_EACH_SIDE)
        numbers = range(first, self._last_known + 1)
        return numbers if len(numbers) > 1 else []

    @property
    def previous_page_number(self) -> int | None:
        """Return the number of the previous page, or `None` on the first page."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next_page_number(self) -> int | None:
        """Return the number of the next page, or `None` on the last page."""
        return self.number + 1 if self.number < self._last_known else None
