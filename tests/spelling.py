"""The same text in another Unicode form."""

import unicodedata


def nfd(text):
    """Return `text` in the form of some keyboards and macOS, with separate letters and marks."""
    return unicodedata.normalize("NFD", text)
