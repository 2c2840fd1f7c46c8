"""The same text in another spelling."""

import unicodedata


def nfd(text):
    """Return `text` as some keyboards and macOS give it: letters and marks apart."""
    return unicodedata.normalize("NFD", text)
