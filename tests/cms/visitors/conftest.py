"""The clock and the beats of the live count."""

import os
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.visitors.models import Presence
from cms.visitors.stores.database import DatabaseStore
from cms.visitors.stores.redis import RedisStore

REDIS_URL = os.environ.get("REDIS_URL")
# However busy the machine is, an answer is waited for.
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
    """The number is shared for as long as in production."""
    settings.VISITOR_SHARED_SECONDS = 2


class Clock:
    """Stands in for the time of day and goes on only when told."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment

    def advance(self, seconds):
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch):
    """The time that the site reads."""
    clock = Clock(datetime(2026, 3, 2, 1, 30, tzinfo=UTC))
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def send(db, clock):
    """Send what a browser without any cookie sends: `send(token=…, sequence=…)`."""

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
    """Bring so many people online at once."""

    def arrive(number, start=0):
        Presence.objects.bulk_create(
            Presence(token=token(index), seen_at=clock(), sequence=1, address_key="0" * 32)
            for index in range(start, start + number)
        )

    return arrive


def token(number):
    """Return a browser's token, another for each number."""
    return f"{number:032x}"
