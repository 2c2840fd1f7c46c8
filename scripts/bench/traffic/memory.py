"""The memory that a million visitors need in Redis, sampled as in the real count."""

from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.utils import timezone

from cms.visitors.sampling import Sampling
from cms.visitors.stores.redis import RedisStore
from scripts.bench.traffic.report import Row
from tests.redis_server import run_redis_server

ONLINE = 1_000_000
MIB = 2**20
LIMIT_BYTES = 8 * MIB
SEED = 7


def measure() -> list[Row]:
    """Return rows for the memory of the count's keys, and of Redis in excess of an empty Redis."""
    now = timezone.now()
    sampling = fitting_sampling(now)
    with run_redis_server() as server:
        store = RedisStore(server.url)
        empty = store.client.info("memory")["used_memory"]
        fill(store, sampling, now)
        full = store.client.info("memory")["used_memory"]
        keys = sum(store.client.memory_usage(key, samples=0) or 0 for key in store.keys)
        tokens = store.tally(now, 1).online
    return [
        Row("Tokens in Redis at 1,000,000 online", f"{tokens:,}"),
        Row("Number shown of 1,000,000", f"{tokens * sampling.counted_in:,}"),
        Row(
            "Memory of the count's keys", f"{keys / MIB:.2f} MiB", f"≤ {LIMIT_BYTES / MIB:.0f} MiB"
        ),
        Row("Memory of Redis above an empty one", f"{(full - empty) / MIB:.2f} MiB"),
        Row("Bytes a token", f"{keys / tokens:.0f}"),
    ]


def fitting_sampling(now: datetime) -> Sampling:
    """Return the `Sampling` that keeps the audience below the limit on beats."""
    interval = settings.VISITOR_BEAT_INTERVAL
    beats = ONLINE / interval
    return Sampling(interval, now - timedelta(hours=1)).next(
        beats, settings.VISITOR_BEATS_PER_SECOND, now
    )


def fill(store: RedisStore, sampling: Sampling, now: datetime) -> None:
    """Send a beat of each sampled visitor, each from a different IP address."""
    random = Random(SEED)  # noqa: S311 - no secret
    for _visitor in range(ONLINE):
        token = f"{random.getrandbits(128):032x}"
        if sampling.includes(token):
            address = f"{random.getrandbits(128):032x}"
            store.beat(token, int(now.timestamp() * 1000), address, now, 1)
