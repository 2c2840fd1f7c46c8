"""Requests per second of a beat and of a read, compared with an empty response of the server."""

import re
import subprocess
from pathlib import Path

from scripts.bench.traffic.middleware import EMPTY
from scripts.bench.traffic.report import Row
from scripts.bench.traffic.servers import serve
from tests.redis_server import run_redis_server

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SCRIPT = Path(__file__).with_name("beat.lua")
TOKENS = 3000
# The best round of each request counts. Chance decides how many of the connections each gunicorn
# worker gets. If one of two workers gets all of them, half of the machine is idle.
ROUNDS = 6

RUN_SECONDS = 5
CONNECTIONS = 8

TARGETS = {"beat": 0.8, "read": 0.9}


def measure(folder: Path) -> list[Row]:
    """Return a row for each rate, and one for each ratio that has a target."""
    folder.mkdir()
    with (
        run_redis_server() as server,
        serve(folder, f"sqlite:///{folder}/rates", server.url) as url,
    ):
        asked = {
            "empty": [url + EMPTY],
            "beat": ["-s", str(SCRIPT), f"{url}/visitors/", "--", str(TOKENS)],
            "read": [f"{url}/visitors/"],
        }
        # Make the tokens known.
        rate(asked["beat"])
        rates: dict[str, list[float]] = {name: [] for name in asked}
        for _round in range(ROUNDS):
            for name, request in asked.items():
                rates[name].append(rate(request))
    rate_of = {name: max(found) for name, found in rates.items()}
    return [
        *(Row(f"Requests a second: {name}", f"{found:,.0f}") for name, found in rate_of.items()),
        *(
            Row(f"Rate of {name} / empty", f"{rate_of[name] / rate_of['empty']:.2f}", f"≥ {target}")
            for name, target in TARGETS.items()
        ),
    ]


def rate(request: list[str]) -> float:
    """Return the number of requests per second over open connections."""
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{RUN_SECONDS}s",
        "-H",
        f"User-Agent: {BROWSER}",
    ]
    output = subprocess.run(  # noqa: S603 - our own command line
        command + request, check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"not all requests were answered: {output}")
    found = re.search(r"Requests/sec: +([\d.]+)", output)
    assert found
    return float(found[1])
