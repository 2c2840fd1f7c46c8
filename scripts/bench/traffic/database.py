"""The database store with few and with many visitors online: the slowest beats."""

import os
import time
from collections import deque
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.visitors.stores.database import DatabaseStore
from scripts.bench.traffic.report import Row
from tests.databases import temporary_database, visitor_tables

FEW, MANY = 100, 10_000
# The number of measured beats for each audience.
BEATS = 6000

# The share of beats that come from new visitors. The same number of visitors leave.
SHARE_NEW = 0.05

# The number of IP addresses that a fifth of all visitors share. Each of the remaining visitors has
# a separate one.
GATEWAYS = 20

SWEEP = timedelta(seconds=2)
TARGET_RATIO = 1.5


class SimulatedVisitors:
    """Visitors who are online in one database and send beats in turn, on a separate clock."""

    def __init__(self, connection: BaseDatabaseWrapper, online: int) -> None:
        self.connection, self.online = connection, online
        self.store = DatabaseStore()
        self.random = Random(online)  # noqa: S311 - no secret
        self.now = self.swept_at = datetime(2026, 3, 2, tzinfo=UTC)
        self.step = timedelta(seconds=settings.VISITOR_BEAT_INTERVAL / online)
        self.sequence = count(1)
        self.people: deque[tuple[str, str]] = deque()
        self.times: list[float] = []

    def gather(self) -> None:
        """Bring all visitors online within one interval."""
        for _person in range(self.online):
            self.arrive()

    def arrive(self) -> float:
        """Process the first beat of a new visitor, and return how many seconds it took."""
        number = self.random.getrandbits(128)
        address = number % GATEWAYS if number % 5 == 0 else number
        person = f"{number:032x}", f"{address:032x}"
        self.people.append(person)
        return self.beat(*person, visits=1)

    def next_beat(self) -> None:
        """Let the next visitor send a beat, or replace a visitor by a new one; record the time."""
        connections["default"] = self.connection
        if self.random.random() < SHARE_NEW:
            token, _address = self.people.popleft()
            self.store.leave(token, next(self.sequence), self.now)
            self.times.append(self.arrive())
        else:
            self.people.rotate(-1)
            self.times.append(self.beat(*self.people[-1]))
        if self.now - self.swept_at >= SWEEP:
            self.swept_at = self.now
            self.store.sweep(self.now)

    def beat(self, token: str, address: str, visits: int = 0) -> float:
        """Process a beat and return how many seconds it took."""
        self.now += self.step
        began = time.perf_counter()
        self.store.beat(token, next(self.sequence), address, self.now, visits)
        return time.perf_counter() - began

    @property
    def slowest(self) -> float:
        """The 99th percentile of the times of the beats, in milliseconds."""
        return quantiles(self.times, n=100)[-1] * 1000


def measure(folder: Path) -> list[Row]:
    """Return rows for SQLite, and for PostgreSQL if `DATABASE_URL` is the URL of one."""
    rows = compare("SQLite", {online: f"sqlite:///{folder}/{online}" for online in (FEW, MANY)})
    if not has_postgres():
        return [*rows, Row("PostgreSQL", "not measured: DATABASE_URL names none")]
    url = os.environ["DATABASE_URL"]
    with ExitStack() as stack:
        urls = {
            online: stack.enter_context(temporary_database(url, f"bench_{online}"))
            for online in (FEW, MANY)
        }
        return rows + compare("PostgreSQL", urls)


def has_postgres() -> bool:
    """Return whether there is a PostgreSQL to measure."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def compare(name: str, urls: Mapping[int, str]) -> list[Row]:
    """Return the rows of one kind of database; the two audiences alternate, beat by beat."""
    with ExitStack() as stack:
        audiences = []
        for online, url in urls.items():
            connection = stack.enter_context(visitor_tables(url))
            audiences.append(SimulatedVisitors(connection, online))
            audiences[-1].gather()
        for _beat in range(BEATS):
            for audience in audiences:
                audience.next_beat()
    few, many = (audience.slowest for audience in audiences)
    return [
        Row(f"{name}: p99 of a beat, {FEW:,} online", f"{few:.2f} ms"),
        Row(f"{name}: p99 of a beat, {MANY:,} online", f"{many:.2f} ms"),
        Row(f"{name}: p99 with many / with few", f"{many / few:.2f}", f"≤ {TARGET_RATIO}"),
    ]
