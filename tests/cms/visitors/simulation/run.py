"""A simulation of visitors, which compares the number with the truth.

    python -m tests.cms.visitors.simulation.run --help

The amount of simulation per second is limited. If an audience is too large to send beats as a
whole, only visitors whose token may come into the sample get a browser. The others are counted when
they arrive.
"""

import argparse
import heapq
import os
import secrets
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from tests.cms.visitors.simulation.browser import Browser, Machine
from tests.cms.visitors.simulation.chart import draw
from tests.cms.visitors.simulation.result import Delay, Error, Load, Sample, SimulationResult
from tests.cms.visitors.simulation.scenarios import SCENARIOS
from tests.cms.visitors.simulation.script import Population, Truth, actions

# How many times as many visitors as in the sample get a browser, because the sample may grow.
SLACK = 4

# Seconds between two checks whether the store noticed that a visitor came or left, and seconds
# after which the checks end.
LOOK_INTERVAL_SECONDS, LOOK_TIMEOUT_SECONDS = 0.25, 60

# The maximum number of people online at once who are checked. Of a larger crowd, only a share is.
MAX_WATCHED = 2000

# The error up to which the number counts as right again after a restart.
RIGHT_ERROR = 0.05

BEHIND_ONE_ADDRESS = 500
# The share of visitors who share their IP address. The constant above is the number of visitors per
# shared address.
BEHIND_SHARED = 0.2

CRAWLERS = 20
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


class Simulation:
    """The world of one run: the clock, the network and all visitors."""

    def __init__(self, scenario, store, seed):
        # Imported here because a run from the command line sets up Django first.
        from tests.cms.visitors.simulation import server

        self._scenario, self._seed = scenario, seed
        self._is_counted = server.is_counted
        server.empty(store)
        self._store = server.BreakableStore(store)
        self._server = server.Server(self._store, scenario.seconds, self.call_later)
        self._truth = Truth(scenario.seconds)
        # A separate random generator, so that the visitors online do not depend on the responses of
        # the store.
        crowd = Random(f"{seed} crowd")  # noqa: S311 - a simulation
        self._population = Population(
            scenario.people, scenario.audience, scenario.ramp, self._truth, crowd
        )
        self._random = Random(f"{seed} rest")  # noqa: S311 - a simulation
        self._events, self._order = [], count()
        self._near = 1
        self._waited = {"counted": [], "gone": []}
        self._shown = [None]

    @property
    def now(self):
        """Seconds since the start."""
        return self._server.now

    def call_later(self, seconds, do, *arguments):
        """Call `do` with `arguments` after `seconds`."""
        self._at(self.now + seconds, do, *arguments)

    def sampling(self):
        """Return the `Sampling` in a page."""
        return self._server.sampling()

    def read(self):
        """Return the `CountSnapshot` that readers get, or `None` if the store is down."""
        return self._server.read()

    def send(self, sender, sequence, leaving, hear=None):
        """Send a message, which may get lost, and pass the response to `hear`.

        If the message gets lost, `hear` receives `None` after one interval.
        """
        network = self._scenario.network
        if not network.loses(leaving, self._random):
            latency = network.latency(self._random)
            self.call_later(latency, self._arrive, sender, sequence, leaving, hear)
        elif hear:
            self.call_later(self.sampling().interval, hear, None)

    def run(self):
        """Run the whole scenario and return the `SimulationResult`."""
        with self._server.running():
            self._prepare()
            for second in range(self._scenario.seconds):
                self._admit(second)
                self._happen(second + 1)
                snapshot = self.read()
                self._shown.append(snapshot and snapshot.online)
            return self._result()

    def _at(self, moment, do, *arguments):
        heapq.heappush(self._events, (moment, next(self._order), do, arguments))

    def _happen(self, until):
        """Process all events before `until`."""
        events, server = self._events, self._server
        while events and events[0][0] < until:
            server.now, _order, do, arguments = heapq.heappop(events)
            do(*arguments)
        server.now = until

    def _prepare(self):
        scenario = self._scenario
        for number in range(CRAWLERS):
            crawler = Machine(self._token(), f"198.51.100.{number}", CRAWLER, self)
            self._at(self._random.uniform(0, 10), crawler.run)
        begin = scenario.settled + scenario.measured_seconds / 3
        for _number in range(scenario.forged):
            forged = Machine(self._token(), "203.0.113.66", Browser.agent, self)
            self._at(begin + self._random.uniform(0, 10), forged.run)
        if scenario.outage:
            down, up = scenario.outage
            self._at(scenario.settled + down, self._store.kill)
            self._at(scenario.settled + up, self._store.restart)

    def _admit(self, second):
        """Count the visitors of this second. Those who may come into the sample get a browser."""
        one_in = self.sampling().one_in
        if one_in < self._near:
            raise RuntimeError(f"one in {one_in} is to beat, but one in {self._near} has a browser")
        self._near = max(self._near, one_in // SLACK)
        for stay in self._population.arrive(second, second + 1, 1 / self._near):
            self._at(stay.arrival, self._welcome, stay)

    def _welcome(self, stay):
        browser = Browser(self._token(stay.draw), self._ip_address(), self, self._random)
        for action in actions(stay, self._scenario.people, self._random):
            self._at(action.at, browser.do, action)
        if self._random.random() * self._scenario.audience < MAX_WATCHED * self._near:
            self._watch(browser, stay)

    def _token(self, draw=None):
        draw = self._random.random() if draw is None else draw
        return f"{int(draw * (1 << 32)):08x}{self._random.getrandbits(96):024x}"

    def _ip_address(self):
        if self._random.random() >= BEHIND_SHARED:
            return f"alone {self._random.getrandbits(64)}"
        sharing = self._scenario.audience * BEHIND_SHARED
        return f"shared {self._random.randrange(1 + int(sharing / BEHIND_ONE_ADDRESS))}"

    def _arrive(self, sender, sequence, leaving, hear):
        snapshot = self._server.take(sender, sequence, leaving)
        if hear:
            self.call_later(self._scenario.network.latency(self._random), hear, snapshot)

    def _watch(self, browser, stay):
        """Check when the store notices that this visitor came and left."""
        begin, end = stay.times[0][0], stay.times[-1][1]
        settled, last = self._scenario.settled, self._scenario.seconds - LOOK_TIMEOUT_SECONDS
        if settled <= begin < last:
            self._at(
                begin + LOOK_INTERVAL_SECONDS, self._look, browser, True, begin, stay.times[0][1]
            )
        if settled <= end < last:
            self._at(
                end + LOOK_INTERVAL_SECONDS,
                self._look,
                browser,
                False,
                end,
                end + LOOK_TIMEOUT_SECONDS,
            )

    def _look(self, browser, came, since, until):
        """Check whether the store noticed that the visitor came or left. If not, check again later.

        A visitor who left before being counted is not checked any more. Neither is a visitor
        outside the sample.
        """
        if not browser.is_in_sample:
            return
        counted = self._is_counted(self._store.inner, browser.token, self._server.moment)
        if counted == came or self.now - since >= LOOK_TIMEOUT_SECONDS:
            self._waited["counted" if came else "gone"].append(self.now - since)
        elif self.now < until:
            self.call_later(LOOK_INTERVAL_SECONDS, self._look, browser, came, since, until)

    def _result(self):
        scenario = self._scenario
        samples = zip(self._truth.counts(), self._shown, strict=True)
        series = [Sample(t, truth, shown) for t, (truth, shown) in enumerate(samples)]
        settled, messages = scenario.settled, self._server.messages[:-1]
        written = self._server.written[:-1]
        return SimulationResult(
            seed=self._seed,
            settled=settled,
            error=Error.of(series[settled:]),
            ramp_error=Error.of(series[:settled]),
            load=Load.of(messages[settled:]),
            ramp_load=Load.of(messages[:settled]),
            ramp_written=Load.of(written[:settled]),
            counted=Delay.of(self._waited["counted"]),
            gone=Delay.of(self._waited["gone"]),
            one_in=self.sampling().one_in,
            recovered=self._recovered(series),
            series=series,
        )

    def _recovered(self, series):
        """Return after how many seconds the number was right again, or `None` if it never was."""
        if not self._scenario.outage:
            return None
        back = self._scenario.settled + int(self._scenario.outage[1])
        after = (sample for sample in series[back:] if sample.shown is not None)
        right = (sample.t for sample in after if abs(sample.error) <= RIGHT_ERROR)
        return next((t - back for t in right), None)


def simulate(scenario, store, seed):
    """Run a `Scenario` on a store, which is emptied first, and return the `SimulationResult`."""
    return Simulation(scenario, store, seed).run()


def main():
    """Run one scenario and print the result."""
    parser = argparse.ArgumentParser(description="Simulate visitors of the live count.")
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--redis", help="address of a Redis (default: a database in a file)")
    parser.add_argument("--seed", help="whatever makes a run repeatable (default: made up)")
    parser.add_argument("--lasts", type=int, help="seconds that are measured")
    parser.add_argument("--interval", type=int, help="seconds between beats")
    parser.add_argument("--window", type=int, help="seconds for which a beat counts")
    parser.add_argument("--picture", type=Path, help="SVG to draw the error into")
    given = parser.parse_args()
    seed = given.seed or secrets.token_hex(4)
    scenario = SCENARIOS[given.scenario]
    if given.lasts:
        scenario = replace(scenario, measured_seconds=given.lasts)
    say(f"{given.scenario}, seed {seed}")
    with tempfile.TemporaryDirectory() as folder:
        store = store_for(given.redis, Path(folder))
        changed = {"VISITOR_BEAT_INTERVAL": given.interval, "VISITOR_WINDOW": given.window}
        with changed_settings(**changed):
            result = simulate(scenario, store, seed)
            empty(store)
    say(result)
    if given.picture:
        given.picture.write_text(draw({given.scenario: result}))


def store_for(redis, folder):
    """Set up Django with a separate database, and return the store to use."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings.test"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'visitors.sqlite3'}"
    import django

    django.setup()
    from django.db import connection

    from cms.visitors.models import CountState, Presence, VisitorHour
    from cms.visitors.stores.database import DatabaseStore
    from cms.visitors.stores.redis import RedisStore

    with connection.schema_editor() as editor:
        for model in (CountState, Presence, VisitorHour):
            editor.create_model(model)
    if not redis:
        return DatabaseStore()
    # The simulated clock does not advance while Redis works, so Redis may be slow on a busy
    # machine.
    return RedisStore(f"{redis}?socket_timeout=60", prefix=f"bench:{os.getpid()}")


def empty(store):
    """Delete everything in the store."""
    from tests.cms.visitors.simulation.server import empty

    empty(store)


def changed_settings(**changed):
    """Return a context that overrides those settings that have a new value."""
    from django.test import override_settings

    return override_settings(**{name: value for name, value in changed.items() if value})


def say(*lines):
    """Print lines to the terminal without buffering."""
    print(*lines, sep="\n", flush=True)  # noqa: T201 - output of a command


if __name__ == "__main__":
    main()
