"""The live count as this process knows it: read at most every `VISITOR_SHARED_SECONDS`.

Who takes a beat or reads may have the turn of doing, for all processes, what is due: it sweeps the
store, fits the pace to the audience and notes what the hour saw.
"""

import atexit
import json
import logging
import math
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import Error
from django.utils import timezone

from cms.operations.database import fresh_connection
from cms.visitors import gathering, statistics
from cms.visitors.gathering import Gathering
from cms.visitors.pace import Pace
from cms.visitors.rush import Rush
from cms.visitors.stores.current import current_store
from cms.visitors.stores.interface import RECENT, Beat, StoreError

logger = logging.getLogger(__name__)

# A store that failed is left alone for so many times as long as the failure took: a refusal costs
# nothing and is tried again at once, one that hangs does not hold up every page.
PATIENCE = 10

# Up to so many online every beat goes to the store at once: one who comes back sees himself.
FEW = 100

# Seconds between two lines of the log about a store that fails.
SILENCE = 60


@dataclass(frozen=True)
class Reading:
    """How many are online at `at` (an aware datetime), and the pace for browsers.

    `recent` is how many tokens beat within the last `RECENT` seconds.
    """

    online: int
    at: datetime
    pace: Pace
    recent: int

    @cached_property
    def as_json(self):
        """Return what browsers are told, in bytes that are the same for all of them."""
        told = {
            "online": self.online,
            "at": self.at.isoformat(),
            "interval": self.pace.interval,
            "one_in": self.pace.one_in,
        }
        return json.dumps(told).encode()


class LiveCount:
    """One process's view of the store. Its methods raise `StoreError` when the store is down."""

    def __init__(self, store=None, later=gathering.after):
        """Look at `store` (see `cms.visitors.stores.interface.Store`), else at the one in use.

        `later(seconds, do)` does something later, on the clock of who gives another.
        """
        self._store, self._later = store, later
        self.forget()

    @property
    def store(self):
        """The store that is looked at."""
        return self._store or current_store()

    def forget(self):
        """Know nothing, as in the beginning."""
        self.reading = self.tried_at = None
        self.rest_until = self.silent_until = -math.inf
        self._gathering = Gathering(self.flush, self._later)
        self._rush = Rush()

    def read(self, now):
        """Return the `Reading` of at most `VISITOR_SHARED_SECONDS` ago."""
        age = now - self.reading.at if self.reading else None
        shared = timedelta(seconds=settings.VISITOR_SHARED_SECONDS)
        if age is not None and timedelta() <= age < shared:
            return self.reading
        return self._asking(self._read, now)

    def beat(self, token, sequence, address_key, now, is_visit):
        """Take a beat and return the `Reading`, one that includes a newcomer.

        Of many online, those whom this process knows are in the store half a second later.
        Raises `TooManyTokensError` for a token too many of its address.
        """
        return self._asking(self._beat, token, sequence, address_key, now, is_visit)

    def leave(self, token, sequence, now):
        """Take a sign-off and return the `Reading` as it is shared, which may be that of before."""
        return self._asking(self._leave, token, sequence, now)

    def flush(self):
        """Write the beats that are gathered; when it returns they are in the store, or lost.

        Those that a failing store loses come again one interval later.
        """
        with suppress(StoreError):
            self._asking(self._flush)

    def take_turn(self, now):
        """Do what is due for all processes, if none of them did within the last seconds.

        Where it fails, the next turn does it.
        """
        if self.tried_at is None or abs((now - self.tried_at).total_seconds()) >= RECENT:
            self.tried_at = now
            with suppress(StoreError):
                self._asking(self._take_turn, now)

    def pace(self, now):
        """Return the `Pace` last known, as it is in the beginning where none is."""
        return self.reading.pace if self.reading else Pace(settings.VISITOR_BEAT_INTERVAL, now)

    def _beat(self, token, sequence, address_key, now, is_visit):
        if not self.read(now).pace.includes(token):
            return self.reading
        self._notice_rush(now)
        reading = self.reading
        pace = reading.pace
        if not pace.includes(token):
            return reading
        store, beat = self.store, Beat(token, sequence, address_key, now)
        may_wait = reading.online > FEW and not is_visit and store.gathers
        if may_wait and self._gathering.take(beat):
            return self.reading
        weight = pace.one_in if is_visit else 0
        arrived = store.beat(token, sequence, address_key, now, weight, limit(pace))
        if store.gathers:
            self._gathering.know(beat)
        return self._read(now) if arrived else self.reading

    def _leave(self, token, sequence, now):
        reading = self.read(now)
        if reading.pace.includes(token):
            self._gathering.forget(token)
            self.store.leave(token, sequence, now)
        return reading

    def _flush(self):
        self._gathering.write(self.store, limit(self.pace(timezone.now())))

    def _read(self, now):
        store = self.store
        self._flush()
        pace = self._newer_pace(store.pace(), now)
        tally = store.tally(now, pace.counted_in)
        self.reading = Reading(tally.online * pace.counted_in, now, pace, tally.recent)
        return self.reading

    def _newer_pace(self, kept, now):
        """Return the pace `kept` in the store, or the one known here if that is the right one.

        An emptied store gets it, so that no flood follows; and so does one that does not know yet
        of a smaller sample that was chosen here.
        """
        known = self.pace(now)
        if kept is None or (known.one_in > kept.one_in and known.changed_at > kept.changed_at):
            return known
        return kept

    def _notice_rush(self, now):
        """Shrink the sample at once where this process alone gets more than all are to get.

        What is over goes home with the smaller sample, the store unasked.
        """
        bound = settings.VISITOR_BEATS_PER_SECOND
        if rate := self._rush.rate(bound, now):
            reading = self.reading
            self.reading = replace(reading, pace=reading.pace.next(rate, bound, now))

    def _take_turn(self, now):
        store = self.store
        if not store.take_turn(now, RECENT):
            return
        kept, reading = store.pace(), self._read(now)
        beats = reading.recent / RECENT
        fitting = reading.pace.next(beats, settings.VISITOR_BEATS_PER_SECOND, now)
        if fitting != kept:
            store.keep_pace(fitting)
            if fitting.one_in > (kept.one_in if kept else 1):
                store.drop(fitting.one_in)
            self._read(now)
        store.sweep(now)
        self._record(store, now)

    def _record(self, store, now):
        """Note what the hour saw; a database that is down costs a count in Redis nothing."""
        visits = store.take_visits()
        try:
            with fresh_connection():
                statistics.record(visits, self.reading.online, now)
        except Error as error:
            store.add_visits(visits)
            self._complain("The visits of the hour are not noted: %s", error)

    def _asking(self, ask, *arguments):
        """Ask the store; one that failed slowly is left alone for a while."""
        began = time.monotonic()
        if began < self.rest_until:
            raise StoreError("left alone after it failed")
        try:
            return ask(*arguments)
        except (StoreError, Error) as error:
            ended = time.monotonic()
            self.rest_until = ended + PATIENCE * (ended - began)
            self._complain("The visitor store does not answer: %s", error)
            raise StoreError(str(error)) from error

    def _complain(self, *line):
        """Log a line, one a minute."""
        moment = time.monotonic()
        if moment >= self.silent_until:
            self.silent_until = moment + SILENCE
            logger.error(*line)


def limit(pace):
    """Return how many tokens one address may bring, of those that are counted at this `Pace`."""
    return pace.most_sampled(settings.VISITOR_TOKENS_PER_ADDRESS)


# The count of this process.
live_count = LiveCount()

atexit.register(live_count.flush)


def read_count():
    """Return the number online and its time, `None` for the number when the store is down."""
    now = timezone.now()
    try:
        reading = live_count.read(now)
    except StoreError:
        return None, now
    return reading.online, reading.at
