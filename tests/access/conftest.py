"""The site that all of it is tried on."""

import pytest

from tests.access.newsroom import MANY, create_newsroom, ids_after


@pytest.fixture
def newsroom(db):
    """A newsroom at work, with ids past a million."""
    with ids_after(MANY):
        yield create_newsroom()
