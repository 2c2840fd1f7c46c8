"""Keys for IP addresses, used to limit the number of visitors per address.

The address itself is never stored.
"""

import hashlib
import hmac
from datetime import datetime
from functools import lru_cache

from django.conf import settings

# Seconds after which the same IP address gives another key.
KEY_SECONDS = 3600


def address_key(ip_address: str, now: datetime) -> str:
    """Return 32 hexadecimal digits for `ip_address` that nobody can convert back.

    The key is valid for the hour of `now` (an aware datetime) and different in the next hour. An
    hour is long enough to count the tokens of one window, and too short to track anybody.
    """
    return _key(ip_address, int(now.timestamp()) // KEY_SECONDS, settings.SECRET_KEY)


@lru_cache(maxsize=4096)
def _key(ip_address: str, period: int, secret: str) -> str:
    key = hmac.digest(secret.encode(), f"visitors {period}".encode(), hashlib.sha256)
    return hmac.digest(key, ip_address.encode(), hashlib.sha256).hex()[:32]
