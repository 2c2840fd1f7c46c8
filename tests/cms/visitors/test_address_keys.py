"""Tests of the key of an IP address."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest

from cms.visitors.address_keys import address_key

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
IP_ADDRESS = "203.0.113.7"


@pytest.mark.parametrize("ip_address", [IP_ADDRESS, "2001:db8::7", "", "unix:"])
def test_the_key_is_32_hexadecimal_digits(ip_address):
    assert re.fullmatch(r"[0-9a-f]{32}", address_key(ip_address, NOW))


def test_the_address_is_not_in_the_key_and_no_plain_hash_gives_it():
    key = address_key(IP_ADDRESS, NOW)
    assert IP_ADDRESS not in key
    assert IP_ADDRESS.encode().hex() not in key
    for name in ("md5", "sha1", "sha256"):
        assert key != hashlib.new(name, IP_ADDRESS.encode()).hexdigest()[:32]


def test_the_key_holds_for_the_hour():
    almost_an_hour = timedelta(minutes=59, seconds=59)
    assert address_key(IP_ADDRESS, NOW) == address_key(IP_ADDRESS, NOW + almost_an_hour)


def test_the_next_hour_gives_another_key():
    assert address_key(IP_ADDRESS, NOW) != address_key(IP_ADDRESS, NOW + timedelta(hours=1))


def test_the_same_hour_of_the_next_day_gives_another_key():
    assert address_key(IP_ADDRESS, NOW) != address_key(IP_ADDRESS, NOW + timedelta(days=1))


def test_the_key_does_not_depend_on_the_time_zone_of_the_clock():
    elsewhere = NOW.astimezone(tz=datetime.fromisoformat("2026-03-02T08:00+07:00").tzinfo)
    assert address_key(IP_ADDRESS, NOW) == address_key(IP_ADDRESS, elsewhere)


def test_another_address_gives_another_key():
    assert address_key(IP_ADDRESS, NOW) != address_key("203.0.113.8", NOW)


def test_another_secret_key_gives_another_key(settings):
    before = address_key(IP_ADDRESS, NOW)
    settings.SECRET_KEY = "another-" * 10
    assert address_key(IP_ADDRESS, NOW) != before
