"""How many wrong passwords are taken before a door is closed for a while.

A try is counted before its password is looked at, and forgotten when the password was right: of any
number of tries at the same moment no more are looked at than the limit allows.
"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from cms.models import FailedAttempts
from cms.operations.chores import chore

MINUTE = 60
HOUR = 60 * MINUTE

# How often the worker removes all rows that have expired.
SWEEP_EVERY = timedelta(days=1)

# Expired rows that one write removes: more than it adds, so that the table stays bounded.
SWEPT_AT_ONCE = 100


@dataclass(frozen=True)
class Limit:
    """So many failures in so many seconds, for each of what `kind` names."""

    kind: str
    failures: int
    seconds: int

    def of(self, *names):
        """Return the count that this limit keeps of what the names name."""
        text = "\0".join([self.kind, *(str(name) for name in names)])
        # An account may have any name that a form lets through.
        key = salted_hmac(
            "cms.users.attempts", text.encode(errors="surrogatepass"), algorithm="sha256"
        )
        return Count(key.hexdigest(), self)


# Of one account, over all addresses.
ACCOUNT = Limit("account", 20, HOUR)

# Of one address, over all accounts: an office shares one.
ADDRESS = Limit("address", 50, HOUR)

# Of a browser that signed in to the account before: its own, whatever others do.
BROWSER = Limit("browser", 5, 15 * MINUTE)

# Of one address, for what one password protects.
PAGE_PASSWORD = Limit("page password", 20, HOUR)

# Of one address, over all pages.
PAGE_PASSWORDS = Limit("page passwords", 50, HOUR)


@dataclass(frozen=True)
class Count:
    """The failures of one account, address or browser, and how many are too many."""

    key: str
    limit: Limit

    def recent(self, moments, moment):
        """Return those of `moments` that still count at `moment`.

        They may be more than the limit: a try that is only recorded is never refused. It takes the
        place of none of them, since it is forgotten again when its password was right.
        """
        return [each for each in moments if each > moment - self.limit.seconds]

    def seconds_closed(self, moments, moment):
        """Return how long it is until a further try is taken, 0 when it is taken now."""
        recent = self.recent(moments, moment)
        if len(recent) < self.limit.failures:
            return 0
        return recent[-self.limit.failures] + self.limit.seconds - moment


class TooManyAttemptsError(Exception):
    """No password is looked at for the next `seconds`."""

    def __init__(self, seconds):
        super().__init__(f"closed for {seconds:.0f} seconds")
        self.seconds = seconds


def now():
    """Return the moment, in seconds since the epoch."""
    return time.time()


def ask(counts):
    """Raise `TooManyAttemptsError` when one of the counts is full; nothing is written."""
    rows = FailedAttempts.objects.filter(key__in=[count.key for count in counts])
    refuse_when_full(counts, {row.key: row.moments for row in rows}, now())


def refuse_when_full(counts, moments, moment):
    """Raise `TooManyAttemptsError` as `ask` does, with the `moments` of each key at hand."""
    closed = max(count.seconds_closed(moments.get(count.key, []), moment) for count in counts)
    if closed > 0:
        raise TooManyAttemptsError(closed)


def reserve(asked, noted=()):
    """Count a try that is about to be made, and return it.

    `asked`: limits that can refuse the try. `noted`: limits that only record it.
    """
    sweep(SWEPT_AT_ONCE)
    moment = now()
    # In the order of keys, so that two tries never wait for each other.
    counts = sorted({*asked, *noted}, key=lambda count: count.key)
    # Refused, it leaves no row: made-up names would fill the table.
    with transaction.atomic():
        rows = locked_rows(counts, moment)
        refuse_when_full(asked, {row.key: row.moments for row in rows.values()}, moment)
        for count in counts:
            row = rows[count.key]
            row.moments = count.recent([*row.moments, moment], moment)
            row.save(update_fields=["moments"])
    return Attempt(moment, [count.key for count in counts])


def locked_rows(counts, moment):
    """Return the rows of the counts by key, made where they lacked, locked until the end."""
    # Writing to a row that is there locks it, and nobody can remove it any more.
    FailedAttempts.objects.bulk_create(
        [
            FailedAttempts(key=count.key, expires_at=moment + count.limit.seconds)
            for count in counts
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["expires_at"],
    )
    return FailedAttempts.objects.in_bulk([count.key for count in counts])


@dataclass(frozen=True)
class Attempt:
    """A try that was counted at `moment`, under these keys."""

    moment: float
    keys: list

    def forget(self):
        """Count it no more: the password was right. Nothing stays of whoever never failed."""
        with transaction.atomic():
            rows = FailedAttempts.objects.filter(key__in=self.keys).order_by("key")
            for row in rows.select_for_update():
                if self.moment in row.moments:
                    row.moments.remove(self.moment)
                    row.save(update_fields=["moments"])
                if not row.moments:
                    row.delete()


@chore(rest=SWEEP_EVERY)
def sweep(most=10_000):
    """Remove rows that have expired, `most` of them at once, and say whether there may be more."""
    expired = FailedAttempts.objects.filter(expires_at__lt=now())
    with transaction.atomic():
        # What somebody writes to just now is expired no more.
        keys = list(
            expired.select_for_update(skip_locked=True).values_list("key", flat=True)[:most]
        )
        if keys:
            FailedAttempts.objects.filter(key__in=keys).delete()
    return len(keys) == most


def lift(counts=None):
    """Open what these counts closed, without them all doors; return how many there were."""
    rows = FailedAttempts.objects.all()
    if counts is not None:
        rows = rows.filter(key__in=[count.key for count in counts])
    return rows.delete()[0]
