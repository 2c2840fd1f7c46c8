"""Measures what a Redis that hangs costs a page, and writes docs/redis.md: `make bench-redis`."""

import argparse
import os
import shutil
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from statistics import median

from cms.operations.guarded_redis import OPEN_SECONDS
from scripts.bench.report import table
from scripts.bench.traffic.servers import serve
from tests.portal import ROOT
from tests.redis_server import run_redis_server
from tests.visitor_number import shows_number

REPORT_FILE = ROOT / "docs" / "redis.md"
REQUESTS_PER_SECOND, CONCURRENT_REQUESTS = 20, 20
TIMEOUT_SECONDS = 30
# Seconds by which any page may be slower than the one of its rank in the same run with Redis.
MAX_EXCESS_SECONDS = 0.5

PASSWORD = "only-for-measurements"  # noqa: S105 - of a server that lives for a minute

REPORT_TEMPLATE = """\
# What a Redis that hangs costs

Written by `make bench-redis` on {date}, on {cores} cores with all servers and the clients on them:
gunicorn with two workers of four threads and `settings.production`, SQLite, and a Redis that is
frozen (SIGSTOP) with its connections open. Home pages; what matters are the differences within the
run, for which {allowed} ms are allowed: the slowest page without Redis against the slowest with it,
the next against the next, and so on. {at_once} at once are the first after the freeze, in {rounds}
rounds; {rate} a second follow for {seconds} seconds. Of {at_once} at once on {cores} cores the last
waits for the others, with Redis and without, and longest where by chance one worker takes most of
them. So the slowest pages of the rounds are compared by their medians. Half of all is measured with
a Redis that asks for a password and has the site in its database 1.

{rows}

How: [operators.md](operators.md), `cms/operations/guarded_redis.py`.
"""


def time_home_page(url):
    """Return how many seconds the home page takes, and whether it shows the number online."""
    began = time.monotonic()
    with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - our own server
        page = answer.read()
    return time.monotonic() - began, shows_number(page)


def at_once(url, threads):
    """Return the seconds of so many pages that are asked for together."""
    return [seconds for seconds, _shown in threads.map(time_home_page, [url] * CONCURRENT_REQUESTS)]


def at_a_rate(url, threads, seconds):
    """Return the seconds of pages that are asked for one after the other, whatever they take."""
    began, asked = time.monotonic(), []
    for number in range(REQUESTS_PER_SECOND * seconds):
        time.sleep(max(0.0, began + number / REQUESTS_PER_SECOND - time.monotonic()))
        asked.append(threads.submit(time_home_page, url))
    return [each.result()[0] for each in asked]


def until_number(url):
    """Return after how many seconds the page shows the number again."""
    began = time.monotonic()
    while not time_home_page(url)[1]:
        time.sleep(0.05)
    return time.monotonic() - began


def thaw(server, url, threads):
    """Thaw Redis until all workers ask it again; return the seconds until the number was shown.

    A worker that still leaves it alone would not notice the next freeze.
    """
    server.thaw()
    seconds = until_number(url)
    time.sleep(OPEN_SECONDS)
    at_once(url, threads)
    return seconds


def measure(folder, options, rounds, seconds):
    """Return the measurements with a Redis of these options, and when the number was back.

    A measurement is a name, the seconds of pages with Redis and without, and the excess.
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


def address(server, options):
    """Return the address of a server that was started with these options."""
    if not options:
        return server.url
    return server.url.replace("//", f"//:{PASSWORD}@").removesuffix("0") + "1"


def excess(ordinary, frozen):
    """Return by how many seconds at most a page without Redis exceeds that of its rank with it."""
    pairs = zip(sorted(ordinary), sorted(frozen), strict=True)
    return max(without - with_redis for with_redis, without in pairs)


def row(name, ordinary, frozen, slower):
    """Return one line: the median and the slowest page with Redis and without, and the excess."""
    return (
        name,
        f"{median(ordinary) * 1000:.0f} / {max(ordinary) * 1000:.0f} ms",
        f"{median(frozen) * 1000:.0f} / {max(frozen) * 1000:.0f} ms",
        f"{slower * 1000:+.0f} ms (≤ {MAX_EXCESS_SECONDS * 1000:.0f})",
    )


def main():
    """Measure, write the document, and fail where a page takes longer than is allowed."""
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
    print(f"Written: {arguments.target}")  # noqa: T201 - tells who runs it
    slow = [name for name, *_seconds, slower in measured if slower > MAX_EXCESS_SECONDS]
    if slow:
        sys.exit(f"Slower than allowed: {'; '.join(slow)}")


if __name__ == "__main__":
    main()
