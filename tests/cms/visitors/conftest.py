"""Fixtures of the live count: stores, a clock and beats."""

import os
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.visitors.models import Presence
from cms.visitors.stores.database import DatabaseStore
from cms.visitors.stores.redis import RedisStore

REDIS_URL = os.environ.get("REDIS_URL")
# Long timeouts, so that a busy machine does not fail a test.
PATIENT_REDIS_URL = f"{REDIS_URL}?socket_timeout=60&socket_connect_timeout=60"


@pytest.fixture(params=["database", "redis"])
def store(request, db):
    """Each of the stores, empty."""
    if request.param == "database":
        yield DatabaseStore()
        return
    if not REDIS_URL:
        pytest.skip("Redis absent (REDIS_URL is not set): its store of the live count was left out")
    store = RedisStore(PATIENT_REDIS_URL, prefix=f"test:{os.getpid()}")
    yield store
    store.client.delete(*store.keys)


@pytest.fixture(autouse=True)
def shared_seconds(settings):
    """The time for which the number is shared, as in production."""
    settings.VISITOR_SHARED_SECONDS = 2


class Clock:
    """A replacement for the time of day that advances only when a test calls `advance`."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment

    def advance(self, seconds):
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch):
    """The current time that the site uses."""
    clock = Clock(datetime(2026, 3, 2, 1, 30, tzinfo=UTC))
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def send(db, clock):
    """A function that sends a beat as a browser without cookies: `send(token=…, sequence=…)`."""

    def post(*, headers=None, ip_address="203.0.113.7", **form):
        return Client(enforce_csrf_checks=True).post(
            "/visitors/",
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers=headers,
            REMOTE_ADDR=ip_address,
        )

    return post


@pytest.fixture
def crowd(db, clock):
    """A function that brings a number of people online at once."""

    def arrive(number, start=0):
        Presence.objects.bulk_create(
            Presence(token=token(index), seen_at=clock(), sequence=1, address_key="0" * 32)
            for index in range(start, start + number)
        )

    return arrive


def token(number):
    """Return the token of a browser, a different one for each number."""
    return f"{number:032x}"
