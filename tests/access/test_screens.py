"""All checks on every screen that each role can reach."""

import pytest

from tests.access.addresses import UnknownParameterError, examples, patterns
from tests.access.answers import client_of, is_next_wagtail
from tests.access.checks import CHECKS
from tests.access.crawler import crawl
from tests.access.newsroom import ROLES

# The number of screens that a crawl must see at least. With fewer screens, the checks prove little.
LEAST_SCREENS = {
    "anonymous": 25,
    "translator": 200,
    "editor": 200,
    "moderator": 300,
    "administrator": 400,
    "superuser": 400,
}


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_no_screen_has_a_fault(newsroom, role):
    seen, faults = 0, []
    for screen in crawl(client_of(role, newsroom), role, starts(newsroom)):
        seen += screen.status == 200
        for check in CHECKS:
            faults += [f"{screen.address} {fault}" for fault in check(screen)]
    assert faults == []
    assert seen >= LEAST_SCREENS[role]


def starts(newsroom):
    """Return every address that the resolver knows, and every page, whether it is linked or not."""
    found = [page.url for page in newsroom.pages.values()]
    for pattern in patterns():
        try:
            found += examples(pattern, newsroom).values()
        except UnknownParameterError:
            if not is_next_wagtail():
                raise
    return found
