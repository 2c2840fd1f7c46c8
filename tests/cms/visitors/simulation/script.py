"""What people do, and thereby who is truly online. Knows nothing of beats or stores.

Moments are seconds since the start of the simulation. Somebody is online while one of their tabs
is visible with the site open: also while its next page loads, not while the screen is locked.
"""

import math
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple


class Kind(Enum):
    """What somebody does with a tab, or with the whole machine."""

    # A tab with the site comes up; its page runs after loading.
    OPEN = auto()
    # A tab that was hidden is visible again.
    FRONT = auto()
    # A tab is hidden or closed.
    HIDE = auto()
    # A click on a link of the site, within the tab.
    CLICK = auto()
    # A walk within the site by the back button or by a typed address.
    WALK = auto()
    # The screen locks: everything falls silent.
    LOCK = auto()
    # The screen is on again, with the tabs as they were.
    WAKE = auto()


class Action(NamedTuple):
    """Something done at a moment; `load` is how long the page takes that comes of it."""

    at: float
    kind: Kind
    tab: int = 0
    load: float = 0.0


class Stay(NamedTuple):
    """One visit: `length` seconds online from `arrival` on, with the screen once locked meanwhile.

    `draw`, from 0 to 1, is what the visitor's token begins with.
    """

    arrival: float
    length: float
    draw: float
    locked_after: float = math.inf
    locked_for: float = 0.0

    @property
    def times(self):
        """When this visitor is online: pairs of beginning and end."""
        end = self.arrival + self.length
        if self.locked_after >= self.length:
            return [(self.arrival, end)]
        locked = self.arrival + self.locked_after
        return [(self.arrival, locked), (locked + self.locked_for, end + self.locked_for)]


@dataclass(frozen=True)
class People:
    """How people behave: means in seconds, shares from 0 to 1."""

    stay: float = 90
    pages: float = 2.5
    # Share of the steps from page to page that are no click on a link.
    walks: float = 0.15
    loading: tuple = (0.3, 2.0)
    second_tab: float = 0.1
    # Share of the second tabs that leave the first one visible.
    beside: float = 0.5
    sleepers: float = 0.05
    asleep: float = 120


class Truth:
    """How many are online at each full second."""

    def __init__(self, seconds):
        self._changes = [0] * (seconds + 2)

    def add(self, begin, end):
        """Count somebody who is online from `begin` until before `end`."""
        changes = self._changes
        last = len(changes) - 1
        changes[min(math.ceil(begin), last)] += 1
        changes[min(math.ceil(end), last)] -= 1

    def counts(self):
        """Return the number for each second from 0 on."""
        return list(accumulate(self._changes))[:-1]


class Population:
    """Arrivals, a Poisson process: the audience grows in a straight line, then stays."""

    def __init__(self, people, audience, ramp, truth, random):
        self._people, self._audience, self._ramp = people, audience, ramp
        self._truth, self._random = truth, random

    def rate(self, moment):
        """Return the arrivals a second."""
        steady = self._audience / self._people.stay
        if moment >= self._ramp:
            return steady
        return self._audience / self._ramp + steady * moment / self._ramp

    def arrive(self, begin, end, share):
        """Count all who arrive from `begin` to `end`; yield the stays of those drawn below `share`.

        Whom the simulation does not look at costs four random numbers and no memory.
        """
        random, log, add = self._random.random, math.log, self._truth.add
        rate = self.rate((begin + end) / 2)
        mean, sleepers = self._people.stay, self._people.sleepers
        arrival = begin
        while (arrival := arrival - log(1 - random()) / rate) < end:
            length = -log(1 - random()) * mean
            draw = random()
            if random() < sleepers:
                asleep = -log(1 - random()) * self._people.asleep
                stay = Stay(arrival, length, draw, random() * length, asleep)
                for times in stay.times:
                    add(*times)
                if draw < share:
                    yield stay
            else:
                add(arrival, arrival + length)
                if draw < share:
                    yield Stay(arrival, length, draw)


def actions(stay, people, random):
    """Return what the visitor of this `Stay` does, in order: a list of `Action`."""
    length = stay.length
    done = [Action(0, Kind.OPEN)]
    opened = closed = math.inf
    if random.random() < people.second_tab:
        opened, closed = sorted((random.uniform(0, length), random.uniform(0, length)))
        if random.random() >= people.beside:
            done.append(Action(opened, Kind.HIDE))
        done += [
            Action(opened, Kind.OPEN, 1, random.uniform(*people.loading)),
            Action(closed, Kind.HIDE, 1),
            Action(closed, Kind.FRONT),
        ]
    for _step in range(geometric(people.pages - 1, random)):
        at = random.uniform(0, length)
        kind = Kind.WALK if random.random() < people.walks else Kind.CLICK
        tab = int(opened <= at < closed)
        done.append(Action(at, kind, tab, random.uniform(*people.loading)))
    done.append(Action(length, Kind.HIDE))
    if stay.locked_after < length:
        done.append(Action(stay.locked_after, Kind.LOCK))
    done.sort(key=lambda action: action.at)
    return list(in_real_time(done, stay))


def in_real_time(done, stay):
    """Yield actions at seconds of being online as those at seconds of the simulation."""
    shift = stay.arrival
    for action in done:
        yield action._replace(at=action.at + shift)
        if action.kind is Kind.LOCK:
            shift += stay.locked_for
            yield Action(action.at + shift, Kind.WAKE)


def geometric(mean, random):
    """Draw a number from 0 on."""
    return int(math.log(1 - random.random()) / math.log(mean / (1 + mean)))


def online_times(done):
    """Return when somebody who does these actions is online: pairs of beginning and end."""
    times, front, awake, since = [], set(), True, None
    for action in done:
        if action.kind in (Kind.OPEN, Kind.FRONT):
            front.add(action.tab)
        elif action.kind is Kind.HIDE:
            front.discard(action.tab)
        elif action.kind in (Kind.LOCK, Kind.WAKE):
            awake = action.kind is Kind.WAKE
        online = awake and bool(front)
        if online and since is None:
            since = times.pop()[0] if times and times[-1][1] == action.at else action.at
        elif not online and since is not None:
            times.append((since, action.at))
            since = None
    return times
