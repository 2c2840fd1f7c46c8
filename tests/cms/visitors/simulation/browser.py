"""Simulated browsers with `visitors.js`, machines that imitate browsers, and their network."""

import math
from dataclasses import dataclass
from functools import partial

from tests.cms.visitors.simulation.script import Kind

# Seconds after which a browser outside the sample reads the number again.
READ_INTERVAL_SECONDS = 15

# The number of failures after which a browser still retries within its usual pause.
PROMPT_FAILURES = 5

# The maximum number of seconds between two failed attempts.
MAX_PAUSE_SECONDS = 300

# Seconds by which a message may be early, because the timer of a page fires once a second.
EARLY_SECONDS = 0.5

# The maximum error of a browser's clock in seconds.
CLOCK_ERROR_SECONDS = 600

# The time of a correct clock at the start of the simulation, in seconds since 1970.
START_TIMESTAMP = 1_772_000_000


@dataclass(frozen=True)
class Network:
    """The network between browser and server: times in seconds, and shares from 0 to 1."""

    lost_beats: float = 0.01
    lost_sign_offs: float = 0.1
    delay: tuple = (0.05, 1.5)
    stuck: float = 0.01
    stuck_for: float = 4.0

    def loses(self, leaving, random):
        """Return whether a message gets lost."""
        return random.random() < (self.lost_sign_offs if leaving else self.lost_beats)

    def latency(self, random):
        """Return the seconds that a message takes if it is not lost."""
        return self.stuck_for if random.random() < self.stuck else random.uniform(*self.delay)


@dataclass(eq=False)
class Page:
    """A page in a tab, from the moment it loads."""

    started: float | None = None
    gone: bool = False
    # The number of the last request. A response to an earlier request is too late.
    request_number: int = 0
    asked: float = 0
    due: float = 0
    failures: int = 0


class Browser:
    """The browser of one visitor. All its tabs share the token and the sequence.

    `world` is the rest of the simulation. It has `now` in seconds, `call_later(seconds, do,
    *arguments)`, `sampling()`, which is the sampling in a page, `read()` and `send(sender,
    sequence, leaving, hear)`. `read()` returns a `CountSnapshot`, and `hear` receives one; it is
    `None` if there is no response.
    """

    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    def __init__(self, token, ip_address, world, random):
        self.token, self.ip_address = token, ip_address
        self._world, self._random = world, random
        self._wrong_by = random.uniform(-CLOCK_ERROR_SECONDS, CLOCK_ERROR_SECONDS)
        self._sequence = 0
        self._pages = {}
        self._asleep = False
        self.sampling = world.sampling()

    @property
    def is_in_sample(self):
        """Whether this browser sends beats, as far as it knows."""
        return self.sampling.includes(self.token)

    def do(self, action):
        """Do the action of the visitor."""
        match action.kind:
            case Kind.OPEN:
                self._load(action.tab, action.load)
            case Kind.FRONT:
                if action.tab not in self._pages:
                    self._load(action.tab, 0)
            case Kind.HIDE:
                self._stop(action.tab, sign_off=True)
            case Kind.CLICK | Kind.WALK:
                self._stop(action.tab, sign_off=action.kind is Kind.WALK)
                self._load(action.tab, action.load)
            case Kind.LOCK:
                self._asleep = True
            case Kind.WAKE:
                self._asleep = False
                for page in self._pages.values():
                    self._ask_when_due(page)

    def _load(self, tab, seconds):
        page = self._pages[tab] = Page()
        if seconds:
            self._world.call_later(seconds, self._start, page)
        else:
            self._start(page)

    def _start(self, page):
        if not page.gone:
            page.started = self._world.now
            self.sampling = self._world.sampling()
            self._ask(page, page.request_number)

    def _stop(self, tab, sign_off):
        page = self._pages.pop(tab, None)
        if page is None:
            return
        page.gone = True
        ran = page.started is not None
        others = any(other.started is not None for other in self._pages.values())
        if ran and sign_off and not others and self.is_in_sample:
            self._send(leaving=True)

    def _ask(self, page, request_number):
        """Send a beat, or read if outside the sample, unless something else has happened since."""
        if page.gone or self._asleep or page.request_number != request_number:
            return
        page.request_number += 1
        page.asked = self._world.now
        # The request times out before this.
        page.due = page.asked + 2 * self.sampling.interval - EARLY_SECONDS
        if self.is_in_sample:
            self._send(leaving=False, hear=partial(self._hear, page, page.request_number))
        else:
            self._hear(page, page.request_number, self._world.read())

    def _hear(self, page, request_number, snapshot):
        if snapshot:
            self.sampling = snapshot.sampling
        if page.gone or page.request_number != request_number:
            return
        page.failures = 0 if snapshot else page.failures + 1
        pause = (
            self.sampling.interval
            if self.is_in_sample
            else max(self.sampling.interval, READ_INTERVAL_SECONDS)
        )
        if page.failures:
            longer = 2 ** max(0, page.failures - PROMPT_FAILURES)
            pause = min(pause * longer, MAX_PAUSE_SECONDS) * (1 - self._random.random() / 2)
        page.due = page.asked + pause - EARLY_SECONDS
        self._ask_when_due(page)

    def _ask_when_due(self, page):
        """Ask at the first full second of the page's timer that is not before the due time."""
        if page.started is not None:
            now = self._world.now
            ticks = math.ceil(max(page.due, now) - page.started)
            self._world.call_later(page.started + ticks - now, self._ask, page, page.request_number)

    def _send(self, leaving, hear=None):
        clock = int((START_TIMESTAMP + self._world.now + self._wrong_by) * 1000)
        self._sequence = max(clock, self._sequence + 1)
        self._world.send(self, self._sequence, leaving, hear)


class Machine:
    """A program that sends beats for ever and ignores responses: a crawler, or one forged token."""

    def __init__(self, token, ip_address, agent, world):
        self.token, self.ip_address, self.agent = token, ip_address, agent
        self._world = world
        self._sequence = 0

    def run(self):
        """Send a beat now and after every interval."""
        self._sequence += 1
        self._world.send(self, self._sequence, leaving=False)
        self._world.call_later(self._world.sampling().interval, self.run)
