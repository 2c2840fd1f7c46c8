"""The sections of docs/visitors.md, measured one after the other."""

import os
from pathlib import Path

from scripts.bench.traffic import accuracy, concurrency, database, memory, outage, rates, script
from scripts.bench.traffic.report import Row, section
from settings import base
from tests.databases import temporary_database

ACCURACY = """
Simulated visitors use the real store, with Redis, and the real rules on a simulated clock. The
simulation has arrivals, stays of 90 seconds and 2.5 pages on average, several tabs, lost messages,
sleeping telephones, shared addresses, robots and wrong clocks. The truth comes only from the script
of events. A tenth of the sign-offs is lost unless stated otherwise. The seed is `{seed}`. The
number that a reader sees may be another {shared} seconds old.

While the same people stay, the error of a sample has the same direction. Therefore the large
audiences are simulated for 20 minutes.

The audience grows from nothing within two minutes. The process that receives it notices within one
second that it gets more beats than `VISITOR_BEATS_PER_SECOND`. It then announces a smaller sample
in all responses, and does not pass the other beats on to the store. Two effects remain:

- Browsers whose page was created earlier send one more request each. This is the load on the server
  above the limit.
- If there are many processes, each of them must notice the growth. Until the next upkeep, two
  seconds later, the store may receive as many beats as the limit from each process. The simulation
  has one process.

![The error over time](pictures/visitors-error.svg)
"""
RATES = """
gunicorn runs with two workers of four threads and `settings.production`, with Redis on the same
machine. wrk uses {connections} open connections for {seconds} seconds. Each rate is the best of
{rounds} rounds, in which the three kinds of request alternate. *Empty* is a 204 response of the
first middleware of the same server. A beat is a further beat of one of {tokens:,} tokens, which
both workers know. The workers write their buffered beats to Redis twice a second, only the last
beat of each token. A read requests the count as caches do.
"""
MEMORY = """
There are a million tokens. Those in the sample send beats, each from a different IP address.
"""
DATABASE = """
The store runs in the process of the benchmark, with two databases that alternate. Each audience
sends {beats:,} beats. {new:.0%} of them are arrivals, and the same number of visitors leave. A
fifth of all visitors share {gateways} IP addresses. A sweep runs every two seconds of the simulated
clock.
"""
CONCURRENCY = """
Eight threads send requests to gunicorn with eight workers, for {seconds} seconds per store. Some
newcomers come from one thread, others from all threads at once. They send beats, are counted in the
store, and leave. {residents} other visitors stay and send beats in every thread. With this number
online, beats are buffered if the store is Redis.
"""
OUTAGE = """
{online} people are online, and there are two workers. Redis is stopped for {away} seconds and
started again, empty.
"""
SCRIPT = "1 KB is 1,000 bytes. Current browsers receive Brotli."


def measure_sections(folder: Path) -> list[str]:
    """Return the sections."""
    seed, accurate = accuracy.measure(folder)
    return [
        section(
            "How right it is",
            ACCURACY.format(seed=seed, shared=2 * base.VISITOR_SHARED_SECONDS),
            accurate,
        ),
        section(
            "What a beat costs",
            RATES.format(
                connections=rates.CONNECTIONS,
                seconds=rates.RUN_SECONDS,
                rounds=rates.ROUNDS,
                tokens=rates.TOKENS,
            ),
            rates.measure(folder / "rates"),
        ),
        section("Memory of Redis", MEMORY, memory.measure()),
        section(
            "The store in the database",
            DATABASE.format(
                beats=database.BEATS, new=database.SHARE_NEW, gateways=database.GATEWAYS
            ),
            database.measure(folder),
        ),
        section(
            "Many at once",
            CONCURRENCY.format(seconds=concurrency.RUN_SECONDS, residents=concurrency.RESIDENTS),
            many_at_once(folder),
        ),
        section(
            "Redis away",
            OUTAGE.format(online=outage.ONLINE, away=outage.OUTAGE_SECONDS),
            outage.measure(folder / "outage"),
        ),
        section("The script", SCRIPT, script.measure()),
    ]


def many_at_once(folder: Path) -> list[Row]:
    """Return the rows of each store."""
    rows = [
        *concurrency.measure(
            "Redis", folder / "redis", f"sqlite:///{folder}/redis.db", with_redis=True
        ),
        *concurrency.measure("SQLite", folder / "sqlite", f"sqlite:///{folder}/sqlite.db"),
    ]
    if database.has_postgres():
        with temporary_database(os.environ["DATABASE_URL"], "bench_together") as url:
            rows += concurrency.measure("PostgreSQL", folder / "postgres", url)
    return rows
