"""Beats as rows of the site's own database, never more than one for each token online."""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import Error
from django.db.models import Count, F, Q

from cms.visitors.models import CountState, Presence
from cms.visitors.pace import Pace, first_beyond
from cms.visitors.stores.interface import LATE, RECENT, StoreError, Tally, TooManyTokensError


@contextmanager
def answering():
    """Turn the errors of the database into a `StoreError`."""
    try:
        yield
    except Error as error:
        raise StoreError(str(error)) from error


class DatabaseStore:
    """The store where there is no Redis (see `cms.visitors.stores.interface.Store`).

    A beat is one statement in most cases, and no transaction: two of the same token settle it by
    the condition on `sequence`.
    """

    gathers = False

    @property
    def window(self):
        """How long a token counts after a beat."""
        return timedelta(seconds=settings.VISITOR_WINDOW)

    @answering()
    def beat(self, token, sequence, address_key, now, visit_weight=0, limit=None):
        """See `Store.beat`."""
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
        # Of beats that race, the one that finds the row out of the count is the arrival.
        away = earlier.filter(Q(online=False) | Q(seen_at__lte=since))
        arrived = bool(away.update(**here))
        if not arrived:
            earlier.update(**here)
        elif visit_weight:
            self.add_visits(visit_weight)
        return arrived

    def beat_again(self, beats, limit=None):
        """See `Store.beat_again`."""
        refused = []
        for token, sequence, address_key, at in beats:
            try:
                self.beat(token, sequence, address_key, at, limit=limit)
            except TooManyTokensError:
                refused.append(token)
        return refused

    @answering()
    def add_visits(self, visits):
        """See `Store.add_visits`."""
        state, more = CountState.objects.filter(pk=1), F("visits") + visits
        if not state.update(visits=more):
            self._begin()
            state.update(visits=more)

    def _begin(self, **kept):
        CountState.objects.bulk_create([CountState(pk=1, **kept)], ignore_conflicts=True)

    def _refuse_crowd(self, token, address_key, since, limit):
        crowd = Presence.objects.filter(address_key=address_key, seen_at__gt=since)
        if crowd.exclude(token=token).count() >= (limit or settings.VISITOR_TOKENS_PER_ADDRESS):
            raise TooManyTokensError

    @answering()
    def leave(self, token, sequence, now):
        """See `Store.leave`."""
        Presence.objects.filter(token=token, sequence__lt=sequence).update(
            seen_at=now, sequence=sequence, online=False
        )

    @answering()
    def tally(self, now, counted_in):
        """See `Store.tally`."""
        online = Q(online=True, seen_at__gt=now - self.window)
        if beyond := first_beyond(counted_in):
            online &= Q(token__lt=beyond)
        until = now - timedelta(seconds=LATE)
        recent = Q(seen_at__gt=until - timedelta(seconds=RECENT), seen_at__lte=until)
        return Tally(
            **Presence.objects.aggregate(
                online=Count("token", filter=online), recent=Count("token", filter=recent)
            )
        )

    @answering()
    def sweep(self, now):
        """See `Store.sweep`."""
        Presence.objects.filter(seen_at__lte=now - self.window).delete()

    @answering()
    def drop(self, one_in):
        """See `Store.drop`."""
        if beyond := first_beyond(one_in):
            Presence.objects.filter(token__gte=beyond).delete()

    @answering()
    def take_turn(self, now, seconds):
        """See `Store.take_turn`."""
        state = CountState.objects.filter(pk=1)
        due = Q(turn_at__isnull=True) | Q(turn_at__lte=now - timedelta(seconds=seconds))
        if state.filter(due).update(turn_at=now):
            return True
        if state.exists():
            return False
        self._begin(turn_at=now)
        return True

    @answering()
    def pace(self):
        """See `Store.pace`."""
        kept = CountState.objects.filter(pk=1, changed_at__isnull=False).first()
        if kept is None:
            return None
        return Pace(settings.VISITOR_BEAT_INTERVAL, kept.changed_at, kept.one_in, kept.counted_in)

    @answering()
    def keep_pace(self, pace):
        """See `Store.keep_pace`."""
        kept = {
            "one_in": pace.one_in,
            "counted_in": pace.counted_in,
            "changed_at": pace.changed_at,
        }
        if not CountState.objects.filter(pk=1).update(**kept):
            self._begin(**kept)

    @answering()
    def take_visits(self):
        """See `Store.take_visits`."""
        state = CountState.objects.filter(pk=1)
        visits = state.values_list("visits", flat=True).first() or 0
        # Whoever adds or takes some meanwhile leaves them to the next turn.
        return visits if visits and state.filter(visits=visits).update(visits=0) else 0
