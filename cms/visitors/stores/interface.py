"""What a store of beats does, whichever it is.

What is online is decided when reading: a token whose last beat is older than the window does not
count, whether or not it was swept already.
"""

from datetime import datetime
from typing import NamedTuple, Protocol


class StoreError(Exception):
    """The store is down, slow or full."""


class TooManyTokensError(Exception):
    """One address brought more tokens than `VISITOR_TOKENS_PER_ADDRESS` within the window."""


class Beat(NamedTuple):
    """One browser's sign of life at a moment, see `Store.beat`."""

    token: str
    sequence: int
    address_key: str
    at: datetime


class Tally(NamedTuple):
    """Tokens online, and how many of all tokens beat within `RECENT` seconds, `LATE` ago."""

    online: int
    recent: int


# Seconds over which the beats are measured.
RECENT = 2

# Seconds by which a beat may reach the store late (see `cms.visitors.gathering`).
LATE = 0.5


class Store(Protocol):
    """What keeps beats. `now` is an aware datetime everywhere: a simulation owns the clock.

    Every method raises `StoreError` when the store does not answer.
    """

    # Whether beats are gathered for it.
    gathers: bool

    def beat(self, token, sequence, address_key, now, visit_weight=0, limit=None):
        """Note that `token` is here, and say whether it was not online before.

        `sequence` numbers what one browser sends; a message that arrives after a later one of the
        same browser changes nothing. A token that was not online adds `visit_weight` visits.
        Raises `TooManyTokensError` for a token that is new to an address with `limit` of them
        (`VISITOR_TOKENS_PER_ADDRESS` unless given).
        """

    def beat_again(self, beats, limit=None):
        """Note beats (`Beat`) that tell of no visit, and return the tokens that are too many."""

    def leave(self, token, sequence, now):
        """Note that `token` has gone.

        It stays known, out of the count, for one window: that keeps a beat that was overtaken on
        its way from bringing the visitor back.
        """

    def tally(self, now, counted_in):
        """Return the `Tally`; online are those of the sample of one in `counted_in`."""

    def sweep(self, now):
        """Forget what no longer counts: the store is bounded by who is online."""

    def drop(self, one_in):
        """Forget the tokens beyond the sample of one in `one_in`."""

    def take_turn(self, now, seconds):
        """Say whether nobody else has taken a turn for so many seconds, and take it if so."""

    def pace(self):
        """Return the `Pace` that is kept, none in an empty store."""

    def keep_pace(self, pace):
        """Keep the `Pace`, for all processes."""

    def add_visits(self, visits):
        """Add visits to those not yet taken."""

    def take_visits(self):
        """Return the visits that were added, and start from none."""
