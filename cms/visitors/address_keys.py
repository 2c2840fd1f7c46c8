"""One address may bring only so many visitors; the address itself is never stored."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

# Seconds after which the same address gives another key.
KEY_PERIOD = 3600


def address_key(address, now):
    """Return 32 hexadecimal digits for `address` that nobody can turn back into it.

    They hold for the hour of `now` (an aware datetime) and differ in the next: long enough to
    count the tokens of one window, too short to follow anybody.
    """
    return _key(address, int(now.timestamp()) // KEY_PERIOD, settings.SECRET_KEY)


@lru_cache(maxsize=4096)
def _key(address, period, secret):
    key = hmac.digest(secret.encode(), f"visitors {period}".encode(), hashlib.sha256)
    return hmac.digest(key, address.encode(), hashlib.sha256).hex()[:32]
