"""The sections of docs/visitors.md, measured one after the other."""

import os

from scripts.bench.traffic import accuracy, concurrency, database, memory, outage, rates, script
from scripts.bench.traffic.report import section
from settings import base
from tests.databases import temporary_database

ACCURACY = """
Simulated visitors with arrivals, stays of 90 seconds and 2.5 pages on average, several tabs, lost
messages, sleeping telephones, shared addresses, robots and wrong clocks, against the real store and
the real rules, on a simulated clock, with Redis. The truth comes from the script of events alone. A
tenth of the sign-offs is lost unless it is said otherwise. Seed `{seed}`. What a reader sees may be
another {shared} seconds old.

A sample errs in one direction for as long as the same people stay, so the large audiences are
followed for twenty minutes. While an audience grows from nothing within two minutes, the process
that it comes to notices within the second that it gets more than `VISITOR_BEATS_PER_SECOND`, names
a smaller sample to all who ask, and keeps the rest from the store. Two things it cannot help:
browsers whose page was made before ask once more each, which is what the server gets beyond the
bound; and where there are many processes each notices for itself, so that the store may get the
bound from each of them until the next upkeep, two seconds later. One process is simulated.

![The error over time](pictures/visitors-error.svg)
"""
RATES = """
gunicorn with two workers of four threads and `settings.production`, Redis beside it; wrk over
{connections} kept connections for {seconds} seconds; each the best of {rounds} rounds that take
turns. *Empty* is a 204 of the first middleware of the same server. A beat is one of {tokens:,}
tokens beating again, which both workers know: they write what they buffer to Redis twice a second,
the last beat of each token. A read is the count as caches fetch it.
"""
MEMORY = """
A million tokens, of which those in the sample beat, each from an IP address of its own.
"""
DATABASE = """
In process, two databases in turn: {beats:,} beats of each audience, {new:.0%} of them arrivals (as
many people leave), a fifth of all from {gateways} shared addresses, a sweep every two seconds of
their clock.
"""
CONCURRENCY = """
Eight threads against gunicorn with eight workers for {seconds} seconds a store: newcomers of one
thread and of all threads at once, who beat, are counted in the store, and leave, beside
{residents} who stay and beat in every thread, so many that their beats are buffered where there is
Redis.
"""
OUTAGE = """
{online} people online, two workers. Redis is ended for {away} seconds and started again empty.
"""
SCRIPT = "1 KB is 1,000 bytes. Brotli is what current browsers get."


def measure_sections(folder):
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


def many_at_once(folder):
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
