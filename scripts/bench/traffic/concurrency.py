"""A minute of concurrent beats over HTTP and several workers: is each counted exactly once?

In each round newcomers arrive, some in one thread only, some in all threads at once. The residents
send beats again from all threads. When all have arrived, the store must know exactly that number.
Then the newcomers leave. The number of visits must equal the number of arrivals.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from django.db.models import Sum
from django.utils import timezone

from cms.visitors.live_count import MAX_UNBUFFERED_ONLINE
from cms.visitors.models import VisitorHour
from cms.visitors.stores.database import DatabaseStore
from cms.visitors.stores.interface import Store
from cms.visitors.stores.redis import RedisStore
from scripts.bench.traffic.browsers import BeatClient
from scripts.bench.traffic.report import Row
from scripts.bench.traffic.servers import serve
from tests.databases import replace_default_database
from tests.redis_server import run_redis_server

RUN_SECONDS = 60
WORKERS = THREADS = 8
RESIDENTS = MAX_UNBUFFERED_ONLINE + 20
SHARED = 5
OWN = 5


def measure(name: str, folder: Path, database_url: str, with_redis: bool = False) -> list[Row]:
    """Return the rows of one store."""
    folder.mkdir()
    with ExitStack() as stack:
        redis_url = stack.enter_context(run_redis_server()).url if with_redis else ""
        url = stack.enter_context(serve(folder, database_url, redis_url, WORKERS))
        stack.enter_context(replace_default_database(database_url))
        store: Store = RedisStore(redis_url) if with_redis else DatabaseStore()
        crowd = Crowd(url)
        wrong = sum(crowd.round(store) for _round in crowd.rounds())
        taken = VisitorHour.objects.aggregate(visits=Sum("visits"))["visits"] or 0
        visits = taken + store.take_visits()
    return [
        Row(f"{name}: beats sent", f"{crowd.sent:,}"),
        Row(f"{name}: beats refused", f"{crowd.refused:,}", "0"),
        Row(
            f"{name}: rounds with a wrong count",
            f"{wrong} of {crowd.number}",
            f"0 of {crowd.number}",
        ),
        Row(f"{name}: visits counted", f"{visits:,}", f"{crowd.arrived:,}"),
    ]


class Crowd:
    """The clients of all threads, their tokens and the results of their beats."""

    def __init__(self, url: str) -> None:
        self.clients = [BeatClient(url) for _thread in range(THREADS)]
        self.sequence = count(1)
        self.number = self.sent = self.refused = self.arrived = 0

    def rounds(self) -> Iterator[int]:
        """Yield the number of each round, for `RUN_SECONDS`."""
        until = time.monotonic() + RUN_SECONDS
        while time.monotonic() < until:
            self.number += 1
            yield self.number

    def round(self, store: Store) -> bool:
        """Let newcomers arrive and leave, and return whether the count in the store was wrong."""
        own = [[self.token(1 + thread, index) for index in range(OWN)] for thread in range(THREADS)]
        shared = [self.token(0, index) for index in range(SHARED)]
        residents = [f"{index:032x}" for index in range(RESIDENTS)]
        self.send([[*mine, *shared, *residents] for mine in own], visit=1)
        online = RESIDENTS + SHARED + THREADS * OWN
        wrong = store.tally(timezone.now(), 1).online != online
        self.send([[*mine, *(shared if mine is own[0] else [])] for mine in own], leaving=1)
        wrong |= store.tally(timezone.now(), 1).online != RESIDENTS
        self.arrived += online - (RESIDENTS if self.number > 1 else 0)
        return wrong

    def token(self, thread: int, index: int) -> str:
        """Return a token that only this round uses."""
        return f"{self.number:08x}{thread:08x}{index:016x}"

    def send(self, batches: Iterable[Iterable[str]], **extra: int) -> None:
        """Send a batch of beats from each thread, all at the same time."""
        with ThreadPoolExecutor(THREADS) as pool:
            statuses = [
                status
                for found in pool.map(
                    lambda client, tokens: self.play(client, tokens, extra), self.clients, batches
                )
                for status in found
            ]
        self.sent += len(statuses)
        self.refused += sum(status != 200 for status in statuses)

    def play(
        self, client: BeatClient, tokens: Iterable[str], extra: Mapping[str, int]
    ) -> list[int]:
        """Send the beats of one thread and return the statuses of the responses."""
        return [client.beat(token, next(self.sequence), **extra) for token in tokens]
