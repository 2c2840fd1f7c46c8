"""The checks that run on every screen of every role.

A check takes a `Screen` and yields a description of each fault that it finds.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from tests.access.crawler import Screen
from tests.access.newsroom import SECRETS


def server_errors(screen: Screen) -> Iterator[str]:
    """Find responses with a status of 500 or more."""
    if screen.status >= 500:
        yield f"answers {screen.status}"


def leaked_secrets(screen: Screen) -> Iterator[str]:
    """Find the secret words of pages that the role has no right to see.

    The requested address is ignored, because the client already knows it and a form may link back
    to it.
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
