"""The actions of people, which determine who is truly online, without beats or stores.

Times are seconds since the start of the simulation. A person is online while at least one of their
tabs shows the site and is visible. This includes the time while the next page loads, and excludes
the time while the screen is locked.
"""

import math
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple


class Kind(Enum):
    """A kind of action with a tab, or with the whole machine."""

    # A tab with the site opens. Its page runs after loading.
    OPEN = auto()
    # A hidden tab becomes visible again.
    FRONT = auto()
    # A tab is hidden or closed.
    HIDE = auto()
    # A click on a link of the site, within the tab.
    CLICK = auto()
    # A move within the site by the back button or by a typed address.
    WALK = auto()
    # The screen locks, and all tabs stop.
    LOCK = auto()
    # The screen is on again, with the tabs as they were.
    WAKE = auto()


class Action(NamedTuple):
    """An action at a time. `load` is the loading time in seconds of the page that it opens."""

    at: float
    kind: Kind
    tab: int = 0
    load: float = 0.0


class Stay(NamedTuple):
    """One visit of `length` seconds online from `arrival`, with the screen possibly locked once.

    `draw`, from 0 to 1, determines the beginning of the visitor's token.
    """

    arrival: float
    length: float
    draw: float
    locked_after: float = math.inf
    locked_for: float = 0.0

    @property
    def times(self):
        """The times at which this visitor is online, as pairs of start and end."""
        end = self.arrival + self.length
        if self.locked_after >= self.length:
            return [(self.arrival, end)]
        locked = self.arrival + self.locked_after
        return [(self.arrival, locked), (locked + self.locked_for, end + self.locked_for)]


@dataclass(frozen=True)
class People:
    """The behaviour of people: means in seconds, shares from 0 to 1."""

    stay: float = 90
    pages: float = 2.5
    # The share of moves from page to page that are not clicks on a link.
    walks: float = 0.15
    loading: tuple = (0.3, 2.0)
    second_tab: float = 0.1
    # The share of second tabs that leave the first one visible.
    beside: float = 0.5
    sleepers: float = 0.05
    asleep: float = 120


class Truth:
    """The number of people online at each full second."""

    def __init__(self, seconds):
        self._changes = [0] * (seconds + 2)

    def add(self, begin, end):
        """Count a person who is online from `begin` until before `end`."""
        changes = self._changes
        last = len(changes) - 1
        changes[min(math.ceil(begin), last)] += 1
        changes[min(math.ceil(end), last)] -= 1

    def counts(self):
        """Return the number for each second, starting with 0."""
        return list(accumulate(self._changes))[:-1]


class Population:
    """Arrivals as a Poisson process: the audience grows linearly, then stays constant."""

    def __init__(self, people, audience, ramp, truth, random):
        self._people, self._audience, self._ramp = people, audience, ramp
        self._truth, self._random = truth, random

    def rate(self, moment):
        """Return the arrivals per second."""
        steady = self._audience / self._people.stay
        if moment >= self._ramp:
            return steady
        return self._audience / self._ramp + steady * moment / self._ramp

    def arrive(self, begin, end, share):
        """Count all arrivals from `begin` to `end`; yield the stays with a `draw` below `share`.

        A visitor that the simulation does not follow costs four random numbers and no memory.
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
    """Return the actions of the visitor of this `Stay` in order, as a list of `Action`."""
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
    """Yield the actions with times in seconds of the simulation.

    The given times are seconds of being online.
    """
    shift = stay.arrival
    for action in done:
        yield action._replace(at=action.at + shift)
        if action.kind is Kind.LOCK:
            shift += stay.locked_for
            yield Action(action.at + shift, Kind.WAKE)


def geometric(mean, random):
    """Return a random number from a geometric distribution that starts at 0."""
    return int(math.log(1 - random.random()) / math.log(mean / (1 + mean)))


def online_times(done):
    """Return when a person with these actions is online, as pairs of start and end."""
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
