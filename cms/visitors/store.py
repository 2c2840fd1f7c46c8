"""Where beats are kept and counted.

A store is anything with the three methods of `DatabaseStore`; `current_store` chooses it. What is
online is decided when reading: a token whose last beat is older than the window does not count,
whether or not its row was swept already.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from cms.visitors.models import Presence


class TooManyTokensError(Exception):
    """One address brought more tokens than `VISITOR_TOKENS_PER_ADDRESS` within the window."""


class DatabaseStore:
    """Beats as rows of the site's own database, never more than one for each token online.

    `now` is an aware datetime everywhere, so that a test or a simulation owns the clock.
    """

    def __init__(self):
        self.window = timedelta(seconds=settings.VISITOR_WINDOW)

    def beat(self, token, sequence, address_key, now):
        """Note that `token` is here.

        `sequence` numbers what one browser sends; a message that arrives after a later one of the
        same browser changes nothing. Raises `TooManyTokensError` for a token that is new to a
        crowded address.
        """
        with transaction.atomic():
            self._sweep(now)
            known = Presence.objects.filter(token=token).first()
            if known and known.sequence >= sequence:
                return
            if known is None or known.address_key != address_key:
                others = Presence.objects.filter(address_key=address_key).exclude(token=token)
                if others.count() >= settings.VISITOR_TOKENS_PER_ADDRESS:
                    raise TooManyTokensError
            Presence.objects.update_or_create(
                token=token,
                defaults={
                    "seen_at": now,
                    "sequence": sequence,
                    "online": True,
                    "address_key": address_key,
                },
            )

    def leave(self, token, sequence, now):
        """Note that `token` has gone.

        The row stays, out of the count, until it is swept: it keeps a beat that was overtaken on
        its way from bringing the visitor back.
        """
        Presence.objects.filter(token=token, sequence__lt=sequence).update(
            seen_at=now, sequence=sequence, online=False
        )

    def count(self, now):
        """Return how many tokens are online at `now`."""
        return Presence.objects.filter(online=True, seen_at__gt=now - self.window).count()

    def _sweep(self, now):
        """Delete the rows that no longer count: storage is bounded by who is online."""
        Presence.objects.filter(seen_at__lte=now - self.window).delete()


def current_store():
    """Return the store in use."""
    return DatabaseStore()
