"""The site for all tests of access."""

from tests.access.newsroom import MANY, create_newsroom, ids_after
from tests.shared_fixtures import shared_fixture


@shared_fixture
def newsroom():
    """A newsroom with content of all kinds, and with ids above a million."""
    with ids_after(MANY):
        yield create_newsroom()
