"""Measures how guessing passwords slows readers down, and writes docs/sign-in.md.

Run it with `make bench-sign-in`. The portal runs as in production, on SQLite or on the PostgreSQL
of `DATABASE_URL`.

The script reads an article alternately in normal operation and during an attack. The attack guesses
20 passwords a second. Each guess is for another account and from another IP address, so that no
limit refuses it. During the attack, a known browser signs in from time to time. Everything runs on
this machine.
"""

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from datetime import date
from itertools import count
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from scripts.bench.report import table
from tests.portal import PASSWORD, ROOT, serve_portal

REPORT_FILE = ROOT / "docs" / "sign-in.md"

ROUNDS = 6
ROUND_SECONDS = 10
ATTEMPTS_PER_SECOND = 20
READERS = 2
# Seconds between two pages of a reader.
PAUSE_SECONDS = 0.1
SIGN_IN_INTERVAL_SECONDS = 2.0
# The maximum factor by which reading may become slower.
MAX_SLOWDOWN = 2.0

REPORT_TEMPLATE = """\
# What guessing passwords costs readers

Written by `make bench-sign-in` on {date}, on {cores} cores, on {database}, with
`settings.production`, gunicorn as in `gunicorn.conf.py`, and the clients on the same machine.

{readers} readers read an article again and again. Each of the {rounds} rounds has {seconds} seconds
in peace and {seconds} seconds with {rate} wrong passwords a second. Each password is for another
account and comes from another IP address, so that no limit on failures helps. The ratio within the
run matters.

{figures}

A password check uses a CPU for a third of a second, whether the browser is known or not. All
processes of a machine share one lock (`cms/users/password_queue.py`), so they check one password at
a time. A few requests may wait for the lock. All others get status 503 immediately, without a
check. A browser that signed in to the account before goes first.
"""


def main() -> None:
    """Serve the portal, measure it and write the document; fail if readers wait too long."""
    with tempfile.TemporaryDirectory() as name, database(Path(name)) as url:
        folder = Path(name)
        with serve_portal(
            url, folder / "media", folder / "gunicorn.log", TRUSTED_PROXIES="127.0.0.1"
        ) as portal:
            address = urlsplit(portal.url).netloc
            article = newest_article(address)
            # Warm up.
            measure(address, article, rounds=1, seconds=3)
            found = measure(address, article, ROUNDS, ROUND_SECONDS)
    peace, attack = (percentile(found.reading[key]) for key in ("peace", "attack"))
    REPORT_FILE.write_text(render_report(found, url, peace, attack))
    say(figures(found, peace, attack), f"Written: {REPORT_FILE.relative_to(ROOT)}")
    if attack > MAX_SLOWDOWN * peace:
        sys.exit(f"reading is {attack / peace:.1f} times slower, more than {MAX_SLOWDOWN}")


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database, which exists during the measurement."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'portal.sqlite3'}"
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.test")
    import django

    django.setup()
    from tests.databases import temporary_database

    with temporary_database(given, "portal_bench_sign_in") as address:
        yield address


class Measurements:
    """The measurements of all rounds."""

    def __init__(self) -> None:
        self.reading: dict[str, list[float]] = {"peace": [], "attack": []}
        self.guesses: Counter[int] = Counter()
        self.seconds_of_attack = 0.0
        self.signing_in: list[float] = []
        self.sign_ins: Counter[int] = Counter()


def measure(address: str, article: str, rounds: int, seconds: int) -> Measurements:
    """Measure reading alternately in normal operation and during the attack."""
    found = Measurements()
    guesser, member = SignInClient(address), SignInClient(address)
    if member.sign_in("bientap", PASSWORD, "192.0.2.1") != 302:
        sys.exit("the editor of the demo cannot sign in")
    for _round in range(rounds):
        for key in found.reading:
            attack = run_attack(guesser, found) if key == "attack" else nullcontext()
            with attack, ThreadPoolExecutor(READERS) as pool:
                until = time.monotonic() + seconds
                for _reader in range(READERS):
                    pool.submit(read, address, article, until, found.reading[key])
                while key == "attack" and time.monotonic() < until:
                    began = time.monotonic()
                    found.sign_ins[member.sign_in("bientap", PASSWORD, "192.0.2.1")] += 1
                    found.signing_in.append(time.monotonic() - began)
                    time.sleep(SIGN_IN_INTERVAL_SECONDS)
    return found


def read(address: str, article: str, until: float, times: list[float]) -> None:
    """Read the article until the time `until`, and add the duration of each response to `times`."""
    connection = http.client.HTTPConnection(address, timeout=30)
    while (began := time.monotonic()) < until:
        connection.request("GET", article)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the article answered {answer.status}")
        times.append(time.monotonic() - began)
        time.sleep(PAUSE_SECONDS)
    connection.close()


names = count()


@contextmanager
def run_attack(browser: "SignInClient", found: Measurements) -> Iterator[None]:
    """Guess passwords at a constant rate, however slow the responses are."""
    over = threading.Event()

    def guess(number: int) -> None:
        network = f"198.{18 + number % 2}.{number // 250 % 250}.{number % 250}"
        found.guesses[browser.sign_in(f"ten-{number}", "matkhau123", network)] += 1

    def attack() -> None:
        with ThreadPoolExecutor(60) as pool:
            due = time.monotonic()
            while not over.is_set():
                pool.submit(guess, next(names))
                due += 1 / ATTEMPTS_PER_SECOND
                time.sleep(max(0, due - time.monotonic()))

    thread = threading.Thread(target=attack)
    began = time.monotonic()
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        found.seconds_of_attack += time.monotonic() - began


class SignInClient:
    """A browser on the sign-in page, with its cookies and the CSRF token of its form."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        found = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", "/admin/login/")[1]
        )
        assert found
        self.token = found[1]

    def sign_in(self, username: str, password: str, network: str) -> int:
        """Send the form from an IP address, and return the status of the response."""
        form = {
            "csrfmiddlewaretoken": self.token,
            "username": username,
            "password": password,
            "next": "/admin/",
        }
        return self.ask("POST", "/admin/login/", urlencode(form), network)[0]

    def ask(
        self, method: str, path: str, body: str | None = None, network: str = "192.0.2.1"
    ) -> tuple[int, str]:
        """Return the status and text of a response.

        Of its cookies, keep that of a known browser, and the CSRF cookie of a GET request.
        """
        connection = http.client.HTTPConnection(self.address, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "X-Forwarded-For": network,
        }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = value.partition("=")
            if name == "known_browser" or (name == "csrftoken" and method == "GET"):
                self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return answer.status, text


def newest_article(address: str) -> str:
    """Return the path of the first article in the list of the section."""
    connection = http.client.HTTPConnection(address)
    connection.request("GET", "/tin-tuc/")
    text = connection.getresponse().read().decode()
    connection.close()
    found = re.search(r'<h[23][^>]*>\s*<a[^>]* href="(/[^"]+/)"', text)
    if not found:
        sys.exit("the section shows no article")
    return found[1]


def percentile(times: Sequence[float]) -> float:
    """Return the 95th percentile of the times in milliseconds."""
    return 1000 * quantiles(times, n=100)[94]


def render_report(found: Measurements, url: str, peace: float, attack: float) -> str:
    """Return the text of docs/sign-in.md."""
    return REPORT_TEMPLATE.format(
        date=date.today().isoformat(),
        cores=os.cpu_count(),
        database="PostgreSQL" if url.startswith("postgres") else "SQLite",
        readers=READERS,
        rounds=ROUNDS,
        seconds=ROUND_SECONDS,
        rate=ATTEMPTS_PER_SECOND,
        figures=figures(found, peace, attack),
    )


def figures(found: Measurements, peace: float, attack: float) -> str:
    """Return the table of the measurements."""
    guesses, checked = (
        number / found.seconds_of_attack for number in (found.guesses.total(), found.guesses[200])
    )
    return table(
        ("", "Measured", "Target"),
        ("Reading an article, p95, in peace", f"{peace:.0f} ms", ""),
        ("… while passwords are guessed", f"{attack:.0f} ms", ""),
        ("… ratio", f"{attack / peace:.2f}", f"≤ {MAX_SLOWDOWN:.0f}"),
        ("Guesses a second", f"{guesses:.1f}", ""),
        ("… that were checked", f"{checked:.1f}", ""),
        ("… answered", ", ".join(f"{n:,} × {s}" for s, n in sorted(found.guesses.items())), ""),
        (
            "Sign-ins of a known browser meanwhile that came through",
            f"{found.sign_ins[302]} of {found.sign_ins.total()}",
            "all",
        ),
        ("… worst time", f"{max(found.signing_in):.1f} s", ""),
    )


def say(*lines: str) -> None:
    """Print lines to the terminal without buffering."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
