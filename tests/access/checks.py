"""What is looked for on every screen of every role.

A check takes a `Screen` and says what is wrong with it, in as many words as it finds faults.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from tests.access.crawler import Screen
from tests.access.newsroom import SECRETS


def server_errors(screen: Screen) -> Iterator[str]:
    """Find what failed."""
    if screen.status >= 500:
        yield f"answers {screen.status}"


def leaked_secrets(screen: Screen) -> Iterator[str]:
    """Find the words of pages that the role has no right to.

    The address that was asked for is left out: who asks knows it, and a form leads back to it.
    """
    text = screen.text.lower()
    parts = urlsplit(screen.address)
    for known in (parts.path, *(value for _name, value in parse_qsl(parts.query))):
        if known.startswith("/") and known != "/":
            text = text.replace(known, " ")
    for secret, kept_from in SECRETS.items():
        if screen.role in kept_from and secret in text:
            start = text.index(secret)
            around = " ".join(text[max(0, start - 80) : start + 40].split())
            yield f"tells of {secret}: …{around}…"


CHECKS = (server_errors, leaked_secrets)
