"""Measures what a Redis that hangs costs a page, and writes docs/redis.md: `make bench-redis`."""

import argparse
import os
import shutil
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from statistics import median

from cms.operations.guarded_redis import OPEN_SECONDS
from scripts.bench.report import table
from scripts.bench.traffic.servers import serve
from tests.portal import ROOT
from tests.redis_server import RedisServer, run_redis_server
from tests.visitor_number import shows_number

REPORT_FILE = ROOT / "docs" / "redis.md"
REQUESTS_PER_SECOND, CONCURRENT_REQUESTS = 20, 20
TIMEOUT_SECONDS = 30
# The maximum number of seconds by which a page may be slower than the page of the same rank in the
# same run with Redis.
MAX_EXCESS_SECONDS = 0.5

PASSWORD = "only-for-measurements"  # noqa: S105 - of a server that exists for a minute

REPORT_TEMPLATE = """\
# What a Redis that hangs costs

Written by `make bench-redis` on {date}, on {cores} cores, with all servers and clients on the same
machine: gunicorn with two workers of four threads and `settings.production`, SQLite, and Redis. To
make Redis hang, it is frozen (SIGSTOP) while its connections stay open. All requests are for the
home page.

The differences within the run matter, and {allowed} ms are allowed. The slowest page without Redis
is compared with the slowest page with Redis, the second slowest with the second slowest, and so on.
{at_once} requests at once are the first after a freeze, in {rounds} rounds. Then {rate} requests a
second follow for {seconds} seconds.

If {at_once} requests come at once on {cores} cores, the last one waits for the others, with Redis
and without. The wait is longest if one worker gets most of the requests by chance. Therefore, for
these requests, the medians of the slowest pages of the rounds are compared. Half of the
measurements use a Redis that requires a password, with the site in its database 1.

{rows}

How it works: [operators.md](operators.md), `cms/operations/guarded_redis.py`.
"""


# A name, the seconds of pages with Redis and without Redis, and the excess in seconds.
Measurement = tuple[str, list[float], list[float], float]


def time_home_page(url: str) -> tuple[float, bool]:
    """Return how many seconds the home page takes, and whether it shows the number online."""
    began = time.monotonic()
    with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - our own server
        page = answer.read()
    return time.monotonic() - began, shows_number(page)


def at_once(url: str, threads: ThreadPoolExecutor) -> list[float]:
    """Return the seconds of `CONCURRENT_REQUESTS` pages that are requested at the same time."""
    return [seconds for seconds, _shown in threads.map(time_home_page, [url] * CONCURRENT_REQUESTS)]


def at_a_rate(url: str, threads: ThreadPoolExecutor, seconds: int) -> list[float]:
    """Return the seconds of pages that are requested at a fixed rate, whatever time they take."""
    began, asked = time.monotonic(), []
    for number in range(REQUESTS_PER_SECOND * seconds):
        time.sleep(max(0.0, began + number / REQUESTS_PER_SECOND - time.monotonic()))
        asked.append(threads.submit(time_home_page, url))
    return [each.result()[0] for each in asked]


def until_number(url: str) -> float:
    """Return after how many seconds the page shows the number again."""
    began = time.monotonic()
    while not time_home_page(url)[1]:
        time.sleep(0.05)
    return time.monotonic() - began


def thaw(server: RedisServer, url: str, threads: ThreadPoolExecutor) -> float:
    """Thaw Redis, wait until all workers use it, and return the seconds until the number is shown.

    A worker whose circuit is still open would not notice the next freeze.
    """
    server.thaw()
    seconds = until_number(url)
    time.sleep(OPEN_SECONDS)
    at_once(url, threads)
    return seconds


def measure(
    folder: Path, options: Sequence[str], rounds: int, seconds: int
) -> tuple[list[Measurement], float]:
    """Return the measurements with a Redis of these options, and the time until the number is back.

    A measurement is a name, the seconds of pages with Redis and without Redis, and the excess. The
    time is the longest, in seconds.
    """
    with (
        run_redis_server(None, *options) as server,
        serve(folder, f"sqlite:///{folder}/redis.sqlite3", address(server, options)) as url,
        ThreadPoolExecutor(REQUESTS_PER_SECOND * TIMEOUT_SECONDS) as threads,
    ):
        url += "/"
        for _round in range(rounds):
            at_once(url, threads)
        until_number(url)
        ordinary_alone, ordinary_at_once, first, first_at_once, back = [], [], [], [], []
        for _round in range(rounds):
            ordinary_alone.append(time_home_page(url)[0])
            ordinary_at_once.append(at_once(url, threads))
            server.freeze()
            first.append(time_home_page(url)[0])
            back.append(thaw(server, url, threads))
            server.freeze()
            first_at_once.append(at_once(url, threads))
            back.append(thaw(server, url, threads))
        ordinary = at_a_rate(url, threads, seconds)
        server.freeze()
        frozen = at_a_rate(url, threads, seconds)
        server.thaw()
    kind = ", password and database" if options else ""
    return [
        (f"{REQUESTS_PER_SECOND} a second{kind}", ordinary, frozen, excess(ordinary, frozen)),
        (f"The first page{kind}", ordinary_alone, first, excess(ordinary_alone, first)),
        (
            f"The first {CONCURRENT_REQUESTS} at once{kind}",
            list(chain(*ordinary_at_once)),
            list(chain(*first_at_once)),
            median(map(max, first_at_once)) - median(map(max, ordinary_at_once)),
        ),
    ], max(back)


def address(server: RedisServer, options: Sequence[str]) -> str:
    """Return the URL of a server that was started with these options."""
    if not options:
        return server.url
    return server.url.replace("//", f"//:{PASSWORD}@").removesuffix("0") + "1"


def excess(ordinary: Iterable[float], frozen: Iterable[float]) -> float:
    """Return the largest difference in seconds of pages of the same rank without and with Redis."""
    pairs = zip(sorted(ordinary), sorted(frozen), strict=True)
    return max(without - with_redis for with_redis, without in pairs)


def row(
    name: str, ordinary: Sequence[float], frozen: Sequence[float], slower: float
) -> tuple[str, str, str, str]:
    """Return one row: the median and slowest page with Redis and without Redis, and the excess."""
    return (
        name,
        f"{median(ordinary) * 1000:.0f} / {max(ordinary) * 1000:.0f} ms",
        f"{median(frozen) * 1000:.0f} / {max(frozen) * 1000:.0f} ms",
        f"{slower * 1000:+.0f} ms (≤ {MAX_EXCESS_SECONDS * 1000:.0f})",
    )


def main() -> None:
    """Measure, write the document, and fail if a page takes longer than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--target", type=Path, default=REPORT_FILE, help="what is written")
    arguments = parser.parse_args()
    if not shutil.which("redis-server"):
        sys.exit("make bench-redis needs redis-server: apt-get install redis-server")
    measured, back = [], []
    for options in ((), ("--requirepass", PASSWORD)):
        with tempfile.TemporaryDirectory() as name:
            rows, slowest = measure(Path(name), options, arguments.rounds, arguments.seconds)
        measured += rows
        back.append(slowest)
    header = (
        "",
        "With Redis, median / slowest",
        "Redis frozen, median / slowest",
        "At most slower than with Redis",
    )
    number_back = ("Number shown again after", "", f"{max(back):.1f} s", "a few s")
    arguments.target.write_text(
        REPORT_TEMPLATE.format(
            date=date.today().isoformat(),
            cores=os.cpu_count(),
            allowed=round(MAX_EXCESS_SECONDS * 1000),
            at_once=CONCURRENT_REQUESTS,
            rounds=arguments.rounds,
            rate=REQUESTS_PER_SECOND,
            seconds=arguments.seconds,
            rows=table(header, *[row(*each) for each in measured], number_back),
        )
    )
    print(f"Written: {arguments.target}")
    slow = [name for name, *_seconds, slower in measured if slower > MAX_EXCESS_SECONDS]
    if slow:
        sys.exit(f"Slower than allowed: {'; '.join(slow)}")


if __name__ == "__main__":
    main()
