"""The site that all of it is tried on."""

import pytest

from tests.access.newsroom import MANY, ids_after, open_newsroom


@pytest.fixture
def newsroom(db):
    """A newsroom at work, with ids past a million."""
    with ids_after(MANY):
        yield open_newsroom()
