"""A crawler over every screen that a role can reach, used by all checks of the screens.

The crawler starts from given addresses. It follows links, forms, and the addresses that the
admin's scripts request. The checks are in checks.py.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.db import transaction
from django.test import Client

# Attributes that hold an address.
LINK_ATTRIBUTE = re.compile(
    r"""\s(?:href|src|action|(?:data-)?[\w-]*url(?:-value)?)=["']([^"']+)["']"""
)

# Addresses in scripts and in the JSON of the admin's widgets.
QUOTED = re.compile(r'"(/(?:admin|en|tin-tuc|documents)/[^"\s<>\\]*)"')

# Query parameters that change only the order or the page of a list, or the final redirect.
IGNORED_PARAMETERS = {"next", "ordering", "p", "page"}

# Files, signing out, and Wagtail's test of the error page.
NOT_FOLLOWED = ("/static/", "/media/", "/admin/logout/", "/admin/failwhale/")

# More screens than this mean a fault: an address that leads to ever more addresses.
MOST = 3_000


@dataclass(frozen=True)
class Screen:
    """The response that one role got at one address."""

    role: str
    address: str
    status: int
    content_type: str
    text: str


class EndlessSiteError(Exception):
    """The crawler found more addresses than such a small site can have."""


def crawl(client: Client, role: str, starts: Iterable[str]) -> Iterator[Screen]:
    """Yield each screen that `role` reaches from the addresses `starts`, once each.

    If addresses differ only in the values of their query, only the first one is visited. Addresses
    with the parameter `id` are all visited.
    """
    waiting, seen = deque(starts), set()
    while waiting:
        address = waiting.popleft()
        if key_of(address) in seen or address.startswith(NOT_FOLLOWED):
            continue
        seen.add(key_of(address))
        if len(seen) > MOST:
            raise EndlessSiteError(f"More than {MOST} addresses as {role}, the last: {address}")
        screen, leads_to = visit(client, role, address)
        yield screen
        if screen.status == 302:
            # Visit it next, because the next screen shows the message about this one.
            waiting.extendleft(leads_to)
        else:
            waiting.extend(leads_to)


def key_of(address):
    """Return a key that is the same for all addresses of which only one needs a visit."""
    parts = urlsplit(address)
    names = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    return parts.path, parts.query if "id" in names else frozenset(names - IGNORED_PARAMETERS)


def visit(client, role, address) -> tuple[Screen, list[str]]:
    """Request the address, roll everything back, and return the screen and its links."""
    with transaction.atomic():
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    content_type = response.headers.get("Content-Type", "").partition(";")[0]
    readable = content_type.startswith("text/") or content_type.endswith(("json", "xml"))
    text = content.decode(errors="replace") if readable else ""
    if response.status_code in (301, 302):
        text = response.url
    screen = Screen(role, address, response.status_code, content_type, text)
    return screen, list(dict.fromkeys(addresses_in(screen)))


def addresses_in(screen) -> Iterator[str]:
    """Yield the addresses of this site that the screen leads to."""
    if screen.status in (301, 302):
        yield from own(screen.address, [screen.text])
    elif screen.content_type == "text/html":
        yield from own(screen.address, map(unescape, LINK_ATTRIBUTE.findall(screen.text)))
        yield from own(screen.address, QUOTED.findall(unescape(screen.text)))
    elif screen.content_type == "application/json":
        yield from own(screen.address, QUOTED.findall(screen.text))


def own(base, addresses) -> Iterator[str]:
    """Yield the `addresses` that belong to this site, as paths with their queries."""
    for address in addresses:
        try:
            parts = urlsplit(urldefrag(urljoin(f"http://testserver{base}", address.strip()))[0])
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc == "testserver":
            yield parts._replace(scheme="", netloc="").geturl() or "/"
