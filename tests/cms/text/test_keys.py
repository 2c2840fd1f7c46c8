"""Values that can be the key of a row, and values that cannot."""

import pytest

from cms.text.keys import is_key, valid_keys
from tests.cms.rich_text.test_broken_links import NO_KEYS


@pytest.mark.parametrize("value", [1, "1", 10**17, "007"])
def test_a_key_is_one(value):
    assert is_key(value)


@pytest.mark.parametrize("value", [*NO_KEYS, -1, 10**18, True, None, [], 1.0])
def test_what_is_no_key_is_none(value):
    assert not is_key(value)


def test_keys_are_numbers_and_what_is_no_key_is_none():
    assert valid_keys([7, "7", "07", "x", None, True, -1]) == [7, 7, 7, None, None, None, None]
