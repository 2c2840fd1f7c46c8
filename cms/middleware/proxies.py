"""The client's address and protocol when the site is behind a proxy."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's IP address, which is correct after `TrustedProxyMiddleware` has run."""
    return request.META.get("REMOTE_ADDR", "")


class TrustedProxyMiddleware:
    """Trusts `X-Forwarded-For` and `X-Forwarded-Proto` only from `settings.TRUSTED_PROXIES`.

    These headers are removed from all other requests before any other code can read them. The
    visitor's address is the last one in the chain that is not itself a trusted proxy. The addresses
    before it were written by the visitor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        forwarded = {name: meta.pop(name, "") for name in FORWARDED}
        if is_trusted(client_address(request)):
            for address in reversed(forwarded["HTTP_X_FORWARDED_FOR"].split(",")):
                address = address.strip()
                if not is_ip_address(address):
                    break
                meta["REMOTE_ADDR"] = address
                if not is_trusted(address):
                    break
            if forwarded["HTTP_X_FORWARDED_PROTO"] in ("http", "https"):
                meta["wsgi.url_scheme"] = forwarded["HTTP_X_FORWARDED_PROTO"]
                meta["SERVER_PORT"] = "443" if meta["wsgi.url_scheme"] == "https" else "80"
        return self.get_response(request)


def client_network(request: HttpRequest) -> str:
    """Return the address or network by which rate limits count the visitor.

    A household or a phone is given a whole IPv6 network of 64 bits and may use any address in it.
    """
    return network_of(client_address(request))


@lru_cache(maxsize=4096)
def network_of(text: str) -> str:
    """Return the network of an IP address, or `text` unchanged if it is not an IP address."""
    if not is_ip_address(text):
        return text
    address = unmapped(text)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def unmapped(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IP address, converted to IPv4 if it is an IPv4-mapped IPv6 address.

    A socket for both protocols gives addresses such as ::ffff:10.0.0.1.
    """
    address = ipaddress.ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def is_ip_address(text: str) -> bool:
    """Return whether `text` is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_trusted(address: str) -> bool:
    """Return whether `address` belongs to one of our own proxies."""
    if not settings.TRUSTED_PROXIES or not is_ip_address(address):
        return False
    return any(unmapped(address) in network for network in settings.TRUSTED_PROXIES)
