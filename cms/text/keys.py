"""Keys of rows, as they come from outside."""

# Digits of a number that are read: more do not fit a database's integer.
MAX_KEY_DIGITS = 18


def is_key(value):
    """Say whether `value`, a number or its digits, can be the key of a row."""
    digits = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return digits.isascii() and digits.isdecimal() and len(digits) <= MAX_KEY_DIGITS


def valid_keys(values):
    """Return the numbers of `values`, `None` for each that can be the key of no row."""
    return [int(value) if is_key(value) else None for value in values]
