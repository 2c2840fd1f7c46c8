"""The answer to each role at each address, compared with the table.

After an intended change, write the table again with `ANSWERS=draw .venv/bin/pytest
tests/access/test_answers.py`, and review each line of the difference.
"""

import os
import warnings

import pytest

from tests.access.addresses import UnknownParameterError, examples, patterns
from tests.access.answers import (
    METHODS,
    REFUSED,
    SIGN_IN,
    answer,
    client_of,
    is_next_wagtail,
    read_table,
    write_table,
)
from tests.access.newsroom import ROLES

CLOSED = {SIGN_IN, REFUSED, "404", "405"}

# The sign-in page, and the addresses that it uses.
OPEN_TO_ALL = {
    "/admin/jsi18n/",
    "/admin/localize/jsi18n/",
    "/admin/login/",
    "/admin/sprite/",
}

# A page of Wagtail that fails on purpose, for users who may sign in.
TEST_OF_THE_ERROR_PAGE = "/admin/failwhale/"


@pytest.fixture
def addresses(newsroom):
    """Every address, by its name in the table."""
    found = {}
    for pattern in patterns():
        try:
            found |= examples(pattern, newsroom)
        except UnknownParameterError:
            if not is_next_wagtail():
                raise
    return found


def test_every_address_stands_in_the_table(addresses, newsroom):
    """New addresses of the next Wagtail cause a warning, and must be closed to visitors."""
    listed = {name for _method, name in read_table()}
    new = addresses.keys() - listed
    if not is_next_wagtail():
        assert new == set()
        assert listed == addresses.keys()
    visitor = client_of("anonymous", newsroom)
    for name in sorted(new):
        warnings.warn(f"Not in the table of answers: {name}", stacklevel=1)
        answers = {answer(visitor, method, addresses[name]) for method in METHODS}
        assert answers <= CLOSED, name


@pytest.mark.once
def test_each_role_gets_the_answer_of_the_table(newsroom, addresses):
    found = {(method, name): {} for name in addresses for method in METHODS}
    for role in ROLES:
        client = client_of(role, newsroom)
        for method, name in found:
            found[method, name][role] = answer(client, method, addresses[name])
    if os.environ.get("ANSWERS") == "draw":
        write_table(found)
    assert differences(found, read_table()) == []


def differences(found, expected):
    """Return a line for each answer that differs from the table."""
    return [
        f"{method} {name} as {role}: {words.get(role)}, not {answers.get(role)}"
        for (method, name) in sorted(found.keys() | expected.keys())
        for words, answers in [(found.get((method, name), {}), expected.get((method, name), {}))]
        for role in ROLES
        if words.get(role) != answers.get(role)
    ]


@pytest.mark.parametrize("method", METHODS)
def test_nothing_of_the_admin_is_open_to_visitors(method):
    open_to_visitors = {
        address
        for (asked, address), words in read_table().items()
        if asked == method and address.startswith("/admin/") and words["anonymous"] not in CLOSED
    }
    assert open_to_visitors <= OPEN_TO_ALL


def test_no_address_fails():
    failing = {
        address
        for (_, address), words in read_table().items()
        if any(word.startswith("500") for word in words.values())
    }
    assert failing == {TEST_OF_THE_ERROR_PAGE}
