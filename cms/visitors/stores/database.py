"""A store that keeps beats in the site's database, at most one row for each token online."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error
from django.db.models import Count, F, Q

from cms.visitors.models import CountState, Presence
from cms.visitors.sampling import Sampling, first_token_outside
from cms.visitors.stores.interface import (
    MAX_DELAY_SECONDS,
    RECENT_SECONDS,
    Beat,
    StoreError,
    Tally,
    TooManyTokensError,
)


@contextmanager
def wrap_database_errors() -> Iterator[None]:
    """Raise a `StoreError` instead of an error of the database."""
    try:
        yield
    except Error as error:
        raise StoreError(str(error)) from error


class DatabaseStore:
    """The store of sites without Redis (see `cms.visitors.stores.interface.Store`).

    A beat is one statement in most cases, and there is no transaction. The condition on `sequence`
    decides between two concurrent beats of the same token.
    """

    is_buffered = False

    @property
    def window(self) -> timedelta:
        """How long a token counts after a beat, as a timedelta."""
        return timedelta(seconds=settings.VISITOR_WINDOW)

    @wrap_database_errors()
    def beat(
        self,
        token: str,
        sequence: int,
        address_key: str,
        now: datetime,
        visit_weight: int = 0,
        limit: int | None = None,
    ) -> bool:
        here = {"seen_at": now, "sequence": sequence, "online": True, "address_key": address_key}
        since = now - self.window
        mine = Presence.objects.filter(token=token)
        earlier = mine.filter(sequence__lt=sequence)
        still = earlier.filter(online=True, seen_at__gt=since, address_key=address_key)
        if still.update(**here):
            return False
        known = mine.first()
        if known and known.sequence >= sequence:
            return False
        if known is None or known.address_key != address_key:
            self._refuse_crowd(token, address_key, since, limit)
        if known is None:
            absent = {**here, "sequence": -1, "online": False}
            Presence.objects.bulk_create([Presence(token=token, **absent)], ignore_conflicts=True)
        # If several beats run at once, the update of only one finds the row offline. That beat is
        # the arrival.
        away = earlier.filter(Q(online=False) | Q(seen_at__lte=since))
        arrived = bool(away.update(**here))
        if not arrived:
            earlier.update(**here)
        elif visit_weight:
            self.add_visits(visit_weight)
        return arrived

    def beat_many(self, beats: Iterable[Beat], limit: int | None = None) -> list[str]:
        refused = []
        for token, sequence, address_key, at in beats:
            try:
                self.beat(token, sequence, address_key, at, limit=limit)
            except TooManyTokensError:
                refused.append(token)
        return refused

    @wrap_database_errors()
    def add_visits(self, visits: int) -> None:
        state, more = CountState.objects.filter(pk=1), F("visits") + visits
        if not state.update(visits=more):
            self._begin()
            state.update(visits=more)

    def _begin(self, **kept: int | datetime) -> None:
        CountState.objects.bulk_create([CountState(pk=1, **kept)], ignore_conflicts=True)

    def _refuse_crowd(
        self, token: str, address_key: str, since: datetime, limit: int | None
    ) -> None:
        crowd = Presence.objects.filter(address_key=address_key, seen_at__gt=since)
        if crowd.exclude(token=token).count() >= (limit or settings.VISITOR_TOKENS_PER_ADDRESS):
            raise TooManyTokensError

    @wrap_database_errors()
    def leave(self, token: str, sequence: int, now: datetime) -> None:
        Presence.objects.filter(token=token, sequence__lt=sequence).update(
            seen_at=now, sequence=sequence, online=False
        )

    @wrap_database_errors()
    def tally(self, now: datetime, counted_in: int) -> Tally:
        online = Q(online=True, seen_at__gt=now - self.window)
        if beyond := first_token_outside(counted_in):
            online &= Q(token__lt=beyond)
        until = now - timedelta(seconds=MAX_DELAY_SECONDS)
        recent = Q(seen_at__gt=until - timedelta(seconds=RECENT_SECONDS), seen_at__lte=until)
        return Tally(
            **Presence.objects.aggregate(
                online=Count("token", filter=online), recent=Count("token", filter=recent)
            )
        )

    @wrap_database_errors()
    def sweep(self, now: datetime) -> None:
        Presence.objects.filter(seen_at__lte=now - self.window).delete()

    @wrap_database_errors()
    def drop(self, one_in: int) -> None:
        if beyond := first_token_outside(one_in):
            Presence.objects.filter(token__gte=beyond).delete()

    @wrap_database_errors()
    def claim_upkeep(self, now: datetime, seconds: int) -> bool:
        state = CountState.objects.filter(pk=1)
        due = Q(turn_at__isnull=True) | Q(turn_at__lte=now - timedelta(seconds=seconds))
        if state.filter(due).update(turn_at=now):
            return True
        if state.exists():
            return False
        self._begin(turn_at=now)
        return True

    @wrap_database_errors()
    def sampling(self) -> Sampling | None:
        kept = CountState.objects.filter(pk=1, changed_at__isnull=False).first()
        if kept is None:
            return None
        assert kept.changed_at is not None  # The query excludes it.
        return Sampling(
            settings.VISITOR_BEAT_INTERVAL, kept.changed_at, kept.one_in, kept.counted_in
        )

    @wrap_database_errors()
    def save_sampling(self, sampling: Sampling) -> None:
        kept: dict[str, int | datetime] = {
            "one_in": sampling.one_in,
            "counted_in": sampling.counted_in,
            "changed_at": sampling.changed_at,
        }
        if not CountState.objects.filter(pk=1).update(**kept):
            self._begin(**kept)

    @wrap_database_errors()
    def take_visits(self) -> int:
        state = CountState.objects.filter(pk=1)
        visits = state.values_list("visits", flat=True).first() or 0
        # If another process adds or takes visits between these queries, the next upkeep takes them.
        return visits if visits and state.filter(visits=visits).update(visits=0) else 0
