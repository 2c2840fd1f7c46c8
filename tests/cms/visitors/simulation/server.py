"""A simulated server: what `cms.visitors.beats` does around the real count, without HTTP.

It uses a simulated clock.
"""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.test import override_settings

from cms.visitors.address_keys import address_key
from cms.visitors.crawlers import is_crawler
from cms.visitors.live_count import LiveCount
from cms.visitors.models import CountState, Presence
from cms.visitors.stores.database import DatabaseStore
from cms.visitors.stores.interface import StoreError, TooManyTokensError
from settings.base import VISITOR_SHARED_SECONDS

# The time at which a simulation starts.
START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class Server:
    """One process of the portal, with the shared cache for readers in front of it."""

    def __init__(self, store, seconds, call_later):
        self.now = 0.0
        self.live = LiveCount(store, call_later=call_later)
        self.messages = [0] * (seconds + 1)
        self.written = [0] * (seconds + 1)
        store.written = self._note
        self._cached, self._cached_at = None, -VISITOR_SHARED_SECONDS

    def monotonic(self):
        """Replace `time.monotonic`."""
        return self.now

    @contextmanager
    def running(self):
        """Let the count use the simulated clock for its pauses, and production's sharing time."""
        shared = override_settings(VISITOR_SHARED_SECONDS=VISITOR_SHARED_SECONDS)
        with shared, patch("cms.visitors.live_count.time", self):
            yield

    @property
    def moment(self):
        """The simulated time of day."""
        return START + timedelta(seconds=self.now)

    def _note(self, beats):
        self.written[int(self.now)] += beats

    def take(self, sender, sequence, leaving):
        """Process a beat or a sign-off; return the `CountSnapshot`, `None` if the store is down."""
        self.messages[int(self.now)] += 1
        moment = self.moment
        try:
            if is_crawler(sender.agent):
                return self.live.read(moment)
            if leaving:
                return self.live.leave(sender.token, sequence, moment)
            key = address_key(sender.ip_address, moment)
            try:
                snapshot = self.live.beat(sender.token, sequence, key, moment, is_visit=True)
            except TooManyTokensError:
                return self.live.read(moment)
            self.live.run_upkeep(moment)
            return snapshot
        except StoreError:
            return None

    def read(self):
        """Return the `CountSnapshot` that readers get, or `None` if the store is down."""
        if self.now - self._cached_at >= VISITOR_SHARED_SECONDS:
            moment = self.moment
            try:
                self._cached = self.live.read(moment)
                self._cached_at = self.now
                self.live.run_upkeep(moment)
            except StoreError:
                self._cached = None
        return self._cached

    def sampling(self):
        """Return the `Sampling` in a page, which is not cached."""
        with suppress(StoreError):
            self.live.read(self.moment)
        return self.live.sampling(self.moment)


class BreakableStore:
    """A store that can be killed, and that comes back empty.

    It calls `written(beats)` with the number of beats or sign-offs that it receives.
    """

    def __init__(self, store):
        self.inner, self.down = store, False

    def __getattr__(self, name):
        if self.down:
            raise StoreError("killed")
        return getattr(self.inner, name)

    def beat(self, *arguments):
        """Record a beat."""
        self.written(1)
        return self.__getattr__("beat")(*arguments)

    def beat_many(self, beats, limit):
        """Record beats that were buffered."""
        self.written(len(beats))
        return self.__getattr__("beat_many")(beats, limit)

    def leave(self, *arguments):
        """Record a sign-off."""
        self.written(1)
        self.__getattr__("leave")(*arguments)

    def kill(self):
        """Stop responding."""
        self.down = True

    def restart(self):
        """Respond again, with an empty store."""
        empty(self.inner)
        self.down = False


def empty(store):
    """Delete everything in `store`."""
    if isinstance(store, DatabaseStore):
        Presence.objects.all().delete()
        CountState.objects.all().delete()
    else:
        store.client.delete(*store.keys)


def is_counted(store, token, now):
    """Return whether `store` counts this token as online."""
    if isinstance(store, DatabaseStore):
        found = Presence.objects.filter(token=token, online=True, seen_at__gt=now - store.window)
        return found.exists()
    until = store.client.zscore(store.keys[0], token)
    return until is not None and until > int(now.timestamp() * 1000)
