"""The error of the number, measured by the simulator (`tests.cms.visitors.simulation`)."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from cms.visitors.stores.redis import RedisStore
from scripts.bench.traffic.report import Row
from tests.cms.visitors.simulation.chart import draw
from tests.cms.visitors.simulation.result import SimulationResult
from tests.cms.visitors.simulation.run import simulate
from tests.cms.visitors.simulation.scenarios import (
    FORGER,
    HUGE,
    LARGE,
    LOSSY,
    RESTART,
    SCENARIOS,
    SMALL,
)
from tests.databases import visitor_tables
from tests.portal import ROOT
from tests.redis_server import run_redis_server

PICTURE = ROOT / "docs" / "pictures" / "visitors-error.svg"

NAMES = {
    SMALL: ("329 online", "≤ 2%"),
    LOSSY: ("329 online, half of the sign-offs lost", "≤ 5%"),
    LARGE: ("100,000 online", "≤ 2%"),
    HUGE: ("10,000,000 online", "≤ 2%"),
}


def measure(folder: Path) -> tuple[str, list[Row]]:
    """Simulate, draw the error over time, and return the seed and the rows."""
    seed = secrets.token_hex(4)
    with visitor_tables(f"sqlite:///{folder / 'simulated.sqlite3'}"), run_redis_server() as server:
        # The simulated clock does not advance while Redis works.
        store = RedisStore(f"{server.url}?socket_timeout=60")
        results = {name: simulate(SCENARIOS[name], store, seed) for name in SCENARIOS}
    PICTURE.write_text(draw({NAMES[name][0]: results[name] for name in NAMES}))
    return seed, list(rows(results))


def rows(results: Mapping[str, SimulationResult]) -> Iterator[Row]:
    """Yield the rows of the document."""
    for name, (words, target) in NAMES.items():
        error = results[name].error
        yield Row(f"Mean absolute error, {words}", f"{error.mean:.2%}", target)
        yield Row("… bias, worst second", f"{error.bias:+.2%}, {error.worst:.2%}")
    for name in (LARGE, HUGE):
        words, load = NAMES[name][0], results[name].load
        yield Row(f"Messages a second, {words}", f"{load.mean:.0f}", "≤ 500")
        yield Row("… at most, over 10 s", f"{load.highest:.0f}", "≤ 500")
        ramp, written = results[name].ramp_load, results[name].ramp_written
        yield Row("… at most, while the audience grows", f"{ramp.highest:,.0f}")
        yield Row("… of these, beats that reach the store", f"{written.highest:,.0f}", "≤ 500")
        yield Row("… browsers for each one that beats", f"{results[name].one_in:,}")
    small, recovered = results[SMALL], results[RESTART].recovered
    yield Row("A newcomer is counted after, median", f"{small.counted.median:.1f} s", "≤ 2 s")
    yield Row("… worst", f"{small.counted.worst:.1f} s")
    yield Row(
        "Time until a visitor who leaves no longer counts, median",
        f"{small.gone.median:.1f} s",
        "≤ 5 s",
    )
    yield Row("… worst", f"{small.gone.worst:.1f} s", "≤ 60 s")
    yield Row("One address with 5,000 tokens adds", f"{results[FORGER].error.above:,}", "≈ 1,000")
    yield Row("Right again after Redis came back empty", f"{recovered} s", "≤ 10 s")
