"""The live count of this process, read from the store every `VISITOR_SHARED_SECONDS` at most.

Any request for a beat or the count may run the upkeep that is due, for all processes. The upkeep
sweeps the store, adjusts the sampling to the audience and records the statistics of the hour.
"""

import atexit
import json
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TypeVar, TypeVarTuple

from django.conf import settings
from django.db import Error
from django.utils import timezone

from cms.operations.database import fresh_connection
from cms.visitors import beat_buffer, statistics
from cms.visitors.beat_buffer import BeatBuffer, CallLater
from cms.visitors.burst import BurstDetector
from cms.visitors.sampling import Sampling
from cms.visitors.stores.current import current_store
from cms.visitors.stores.interface import RECENT_SECONDS, Beat, Store, StoreError

logger = logging.getLogger(__name__)

# After a failure that took n seconds, do not ask the store for `BACKOFF_FACTOR` × n seconds. A
# refused connection costs nothing and is retried immediately. A store that hangs does not delay
# every page.
BACKOFF_FACTOR = 10

# Up to this number online, every beat goes directly to the store, so that returning visitors see
# themselves counted.
MAX_UNBUFFERED_ONLINE = 100

# Seconds between two log messages about a store that fails.
LOG_INTERVAL_SECONDS = 60

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class CountSnapshot:
    """The number online at the time `at` (an aware datetime), and the sampling for browsers.

    `recent` is the number of tokens that sent a beat within `RECENT_SECONDS` (see `Tally`).
    """

    online: int
    at: datetime
    sampling: Sampling
    recent: int

    @cached_property
    def as_json(self) -> bytes:
        """The JSON that browsers receive, as bytes, the same for all browsers."""
        data = {
            "online": self.online,
            "at": self.at.isoformat(),
            "interval": self.sampling.interval,
            "one_in": self.sampling.one_in,
        }
        return json.dumps(data).encode()


class LiveCount:
    """The view that one process has of the store.

    Its methods raise `StoreError` when the store is down.
    """

    snapshot: CountSnapshot | None
    tried_at: datetime | None

    def __init__(
        self, store: Store | None = None, call_later: CallLater = beat_buffer.call_later
    ) -> None:
        """Use `store` (see `cms.visitors.stores.interface.Store`), or by default the store in use.

        `call_later(seconds, do)` calls `do` later. A caller with its own clock passes another one.
        """
        self._store, self._call_later = store, call_later
        self.reset()

    @property
    def store(self) -> Store:
        """The store of this count."""
        return self._store or current_store()

    def reset(self) -> None:
        """Reset to the initial state, in which nothing is known."""
        self.snapshot = self.tried_at = None
        self.retry_at = self.next_log_at = -math.inf
        self._buffer = BeatBuffer(self.flush, self._call_later)
        self._burst_detector = BurstDetector()

    def read(self, now: datetime) -> CountSnapshot:
        """Return a `CountSnapshot` that is less than `VISITOR_SHARED_SECONDS` old."""
        shared = timedelta(seconds=settings.VISITOR_SHARED_SECONDS)
        if self.snapshot and timedelta() <= now - self.snapshot.at < shared:
            return self.snapshot
        return self._call_store(self._read, now)

    def beat(
        self, token: str, sequence: int, address_key: str, now: datetime, is_visit: bool
    ) -> CountSnapshot:
        """Process a beat and return the `CountSnapshot`, which includes a newcomer.

        With many visitors online, beats of tokens that this process knows reach the store half a
        second later. Raises `TooManyTokensError` for a token that exceeds the limit of its IP
        address.
        """
        return self._call_store(self._beat, token, sequence, address_key, now, is_visit)

    def leave(self, token: str, sequence: int, now: datetime) -> CountSnapshot:
        """Process a sign-off and return the shared `CountSnapshot`.

        The snapshot may be older than the sign-off.
        """
        return self._call_store(self._leave, token, sequence, now)

    def flush(self) -> None:
        """Write the buffered beats. When it returns, they are in the store, or lost.

        If a failing store loses beats, their browsers send the next ones one interval later.
        """
        with suppress(StoreError):
            self._call_store(self._flush)

    def run_upkeep(self, now: datetime) -> None:
        """Run the upkeep for all processes, if none of them did within `RECENT_SECONDS`.

        If it fails, the next upkeep does the work.
        """
        if self.tried_at is None or abs((now - self.tried_at).total_seconds()) >= RECENT_SECONDS:
            self.tried_at = now
            with suppress(StoreError):
                self._call_store(self._run_upkeep, now)

    def sampling(self, now: datetime) -> Sampling:
        """Return the last known `Sampling`, or the initial one if none is known."""
        return (
            self.snapshot.sampling
            if self.snapshot
            else Sampling(settings.VISITOR_BEAT_INTERVAL, now)
        )

    def _beat(
        self, token: str, sequence: int, address_key: str, now: datetime, is_visit: bool
    ) -> CountSnapshot:
        snapshot = self.read(now)
        if not snapshot.sampling.includes(token):
            return snapshot
        snapshot = self._react_to_burst(snapshot, now)
        sampling = snapshot.sampling
        if not sampling.includes(token):
            return snapshot
        store, beat = self.store, Beat(token, sequence, address_key, now)
        may_wait = snapshot.online > MAX_UNBUFFERED_ONLINE and not is_visit and store.is_buffered
        if may_wait and self._buffer.add(beat):
            return snapshot
        weight = sampling.one_in if is_visit else 0
        arrived = store.beat(token, sequence, address_key, now, weight, address_limit(sampling))
        if store.is_buffered:
            self._buffer.remember(beat)
        return self._read(now) if arrived else snapshot

    def _leave(self, token: str, sequence: int, now: datetime) -> CountSnapshot:
        snapshot = self.read(now)
        if snapshot.sampling.includes(token):
            self._buffer.forget(token)
            self.store.leave(token, sequence, now)
        return snapshot

    def _flush(self) -> None:
        self._buffer.write(self.store, address_limit(self.sampling(timezone.now())))

    def _read(self, now: datetime) -> CountSnapshot:
        store = self.store
        self._flush()
        sampling = self._newer_sampling(store.sampling(), now)
        tally = store.tally(now, sampling.counted_in)
        self.snapshot = CountSnapshot(
            tally.online * sampling.counted_in, now, sampling, tally.recent
        )
        return self.snapshot

    def _newer_sampling(self, kept: Sampling | None, now: datetime) -> Sampling:
        """Return the sampling `kept` in the store, or the one of this process in two cases.

        The first case: the store was emptied. The sampling of this process then prevents a flood of
        beats. The second case: this process chose a smaller sample after the store saved its own.
        The next upkeep saves the smaller sample in the store.
        """
        known = self.sampling(now)
        if kept is None or (known.one_in > kept.one_in and known.changed_at > kept.changed_at):
            return known
        return kept

    def _react_to_burst(self, snapshot: CountSnapshot, now: datetime) -> CountSnapshot:
        """Shrink the sample at once if this process gets more beats than all processes should get.

        Browsers outside the smaller sample then get a response without a query to the store.
        """
        bound = settings.VISITOR_BEATS_PER_SECOND
        if rate := self._burst_detector.count_beat(bound, now):
            snapshot = replace(snapshot, sampling=snapshot.sampling.next(rate, bound, now))
            self.snapshot = snapshot
        return snapshot

    def _run_upkeep(self, now: datetime) -> None:
        store = self.store
        if not store.claim_upkeep(now, RECENT_SECONDS):
            return
        kept, snapshot = store.sampling(), self._read(now)
        beats = snapshot.recent / RECENT_SECONDS
        fitting = snapshot.sampling.next(beats, settings.VISITOR_BEATS_PER_SECOND, now)
        if fitting != kept:
            store.save_sampling(fitting)
            if fitting.one_in > (kept.one_in if kept else 1):
                store.drop(fitting.one_in)
            snapshot = self._read(now)
        store.sweep(now)
        self._record(store, snapshot.online, now)

    def _record(self, store: Store, online: int, now: datetime) -> None:
        """Record the statistics of the hour.

        If the database is down, a count in Redis still works and keeps the visits.
        """
        visits = store.take_visits()
        try:
            with fresh_connection():
                statistics.record(visits, online, now)
        except Error as error:
            store.add_visits(visits)
            self._log_error("The visits of the hour are not noted: %s", error)

    def _call_store(self, ask: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Call `ask`, which uses the store.

        After a slow failure, raise `StoreError` for a while instead.
        """
        began = time.monotonic()
        if began < self.retry_at:
            raise StoreError("not asked, because it failed a moment ago")
        try:
            return ask(*arguments)
        except (StoreError, Error) as error:
            ended = time.monotonic()
            self.retry_at = ended + BACKOFF_FACTOR * (ended - began)
            self._log_error("The visitor store does not answer: %s", error)
            raise StoreError(str(error)) from error

    def _log_error(self, *line: object) -> None:
        """Log a message, at most one per minute."""
        moment = time.monotonic()
        if moment >= self.next_log_at:
            self.next_log_at = moment + LOG_INTERVAL_SECONDS
            logger.error(*line)


def address_limit(sampling: Sampling) -> int:
    """Return how many of the tokens counted at this `Sampling` may come from one IP address."""
    return sampling.max_sampled_tokens(settings.VISITOR_TOKENS_PER_ADDRESS)


# The live count of this process.
live_count = LiveCount()

atexit.register(live_count.flush)


def read_count() -> tuple[int | None, datetime]:
    """Return the number online and its time, with `None` as the number if the store is down."""
    now = timezone.now()
    try:
        snapshot = live_count.read(now)
    except StoreError:
        return None, now
    return snapshot.online, snapshot.at
