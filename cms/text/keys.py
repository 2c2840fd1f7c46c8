"""Keys of database rows that come from outside."""

from collections.abc import Iterable
from typing import TypeGuard

# The maximum number of digits. More digits do not fit into a database's integer.
MAX_KEY_DIGITS = 18


def is_key(value: object) -> TypeGuard[int | str]:
    """Return whether `value`, a number or its digits, can be the key of a row."""
    digits = str(value) if isinstance(value, int | str) else ""
    return digits.isascii() and digits.isdecimal() and len(digits) <= MAX_KEY_DIGITS


def valid_keys(values: Iterable[object]) -> list[int | None]:
    """Return `values` as numbers, with `None` for each value that cannot be a key."""
    return [int(value) if is_key(value) else None for value in values]
