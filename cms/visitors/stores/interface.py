"""The interface of all stores of beats.

A store decides who is online when it is read. A token does not count if its last beat is older than
the window, even if it was not swept yet.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from cms.visitors.sampling import Sampling


class StoreError(Exception):
    """The store is down, slow or full."""


class TooManyTokensError(Exception):
    """An IP address brought more tokens than `VISITOR_TOKENS_PER_ADDRESS` within the window."""


class Beat(NamedTuple):
    """One beat of a browser, see `Store.beat`."""

    token: str
    sequence: int
    address_key: str
    at: datetime


class Tally(NamedTuple):
    """The number of tokens online, and the number of all tokens that sent a beat recently.

    "Recently" is a period of `RECENT_SECONDS` that ended `MAX_DELAY_SECONDS` ago.
    """

    online: int
    recent: int


# Seconds over which the rate of beats is measured.
RECENT_SECONDS = 2

# The maximum delay in seconds before a beat is in the store (see `cms.visitors.beat_buffer`).
MAX_DELAY_SECONDS = 0.5


class Store(Protocol):
    """A store of beats.

    Every method that needs the time gets it as `now`, an aware datetime, because a simulation has
    its own clock. Every method raises `StoreError` when the store does not respond.
    """

    # Whether a process buffers the beats for this store.
    is_buffered: bool

    def beat(
        self,
        token: str,
        sequence: int,
        address_key: str,
        now: datetime,
        visit_weight: int = 0,
        limit: int | None = None,
    ) -> bool:
        """Record a beat of `token` and return whether the token was offline before.

        `sequence` numbers the messages of one browser. A message that arrives after a later one of
        the same browser changes nothing. A token that was offline adds `visit_weight` visits.

        Raises `TooManyTokensError` for a token that is new to an IP address with `limit` tokens.
        The default `limit` is `VISITOR_TOKENS_PER_ADDRESS`.
        """

    def beat_many(self, beats: Iterable[Beat], limit: int | None = None) -> list[str]:
        """Record beats (`Beat`) that are no visits, and return the tokens that exceed the limit."""

    def leave(self, token: str, sequence: int, now: datetime) -> None:
        """Record that the visitor with `token` left.

        The store keeps the token for one window without counting it. Otherwise a beat that arrives
        after the sign-off would bring the visitor back.
        """

    def tally(self, now: datetime, counted_in: int) -> Tally:
        """Return the `Tally`, with only tokens of the sample of one in `counted_in` as online."""

    def sweep(self, now: datetime) -> None:
        """Delete tokens that no longer count.

        Therefore the size of the store depends on the number of visitors online.
        """

    def drop(self, one_in: int) -> None:
        """Delete the tokens outside the sample of one in `one_in`."""

    def claim_upkeep(self, now: datetime, seconds: int) -> bool:
        """Claim the upkeep and return whether this worked.

        It does not work if a process claimed the upkeep within the last `seconds`.
        """

    def sampling(self) -> Sampling | None:
        """Return the saved `Sampling`, or `None` if the store is empty."""

    def save_sampling(self, sampling: Sampling) -> None:
        """Save the `Sampling` for all processes."""

    def add_visits(self, visits: int) -> None:
        """Add `visits` to the visits that were not taken yet."""

    def take_visits(self) -> int:
        """Return the number of added visits and reset it to 0."""
