"""The site for all tests of access."""

import pytest

from tests.access.newsroom import MANY, create_newsroom, ids_after


@pytest.fixture
def newsroom(db):
    """A newsroom with content of all kinds, and with ids above a million."""
    with ids_after(MANY):
        yield create_newsroom()
