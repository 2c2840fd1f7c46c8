"""Limits on wrong passwords: after too many, no further password is checked for a while.

A try is counted before its password is checked. If the password was right, the count is removed. So
even if many tries come at the same time, they cannot exceed the limit.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from cms.models import FailedAttempts
from cms.operations.chores import chore

SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 60 * SECONDS_PER_MINUTE

# The interval at which the worker deletes all expired rows.
SWEEP_INTERVAL = timedelta(days=1)

# The number of expired rows that one write deletes. One write adds fewer rows than this. So the
# table cannot grow without limit.
SWEEP_BATCH_SIZE = 100


@dataclass(frozen=True)
class Limit:
    """A limit of `failures` wrong passwords in `seconds` for each account, address or browser.

    `kind` says what the limit counts, and keeps its counters apart from those of other limits.
    """

    kind: str
    failures: int
    seconds: int

    def counter_for(self, *names: str | int) -> "FailureCounter":
        """Return the counter for `names`, which identify for example an account or a browser."""
        text = "\0".join([self.kind, *(str(name) for name in names)])
        # Forms accept any account name, even one with lone surrogates.
        key = salted_hmac(
            "cms.users.attempts", text.encode(errors="surrogatepass"), algorithm="sha256"
        )
        return FailureCounter(key.hexdigest(), self)


# For one account, over all addresses.
ACCOUNT = Limit("account", 20, SECONDS_PER_HOUR)

# For one address, over all accounts. An office shares one address.
CLIENT_NETWORK = Limit("address", 50, SECONDS_PER_HOUR)

# For a browser that signed in to the account before. Failures of others do not count against it.
BROWSER = Limit("browser", 5, 15 * SECONDS_PER_MINUTE)

# For one address, and one page or collection that a password protects.
PAGE_PASSWORD = Limit("page password", 20, SECONDS_PER_HOUR)

# For one address, over all pages and collections that passwords protect.
PAGE_PASSWORDS = Limit("page passwords", 50, SECONDS_PER_HOUR)


@dataclass(frozen=True)
class FailureCounter:
    """The counter of one account, address or browser, with the limit on its failures."""

    key: str
    limit: Limit

    def recent(self, moments: Iterable[float], moment: float) -> list[float]:
        """Return those of `moments` that still count at `moment`.

        There may be more of them than the limit allows, because a try that is only recorded is
        never refused. All of them are kept: if a recorded try had the right password, it is removed
        later, and the older ones still count.
        """
        return [each for each in moments if each > moment - self.limit.seconds]

    def seconds_closed(self, moments: Iterable[float], moment: float) -> float:
        """Return the seconds until a further try is allowed, 0 if it is allowed now."""
        recent = self.recent(moments, moment)
        if len(recent) < self.limit.failures:
            return 0
        return recent[-self.limit.failures] + self.limit.seconds - moment


class TooManyAttemptsError(Exception):
    """Too many wrong passwords: no password is checked for the next `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"closed for {seconds:.0f} seconds")
        self.seconds = seconds


def now() -> float:
    """Return the current time in seconds since the epoch."""
    return time.time()


def check_limits(counters: Collection[FailureCounter]) -> None:
    """Raise `TooManyAttemptsError` if one of the counters is full, without writing anything."""
    rows = FailedAttempts.objects.filter(key__in=[counter.key for counter in counters])
    refuse_when_full(counters, {row.key: row.moments for row in rows}, now())


def refuse_when_full(
    counters: Iterable[FailureCounter], moments: Mapping[str, Sequence[float]], moment: float
) -> None:
    """Raise `TooManyAttemptsError` if one of the counters is full at `moment`.

    `moments` maps the key of each counter to the moments of its failures.
    """
    closed = max(
        counter.seconds_closed(moments.get(counter.key, []), moment) for counter in counters
    )
    if closed > 0:
        raise TooManyAttemptsError(closed)


def record_attempt(
    enforced: Collection[FailureCounter], recorded: Iterable[FailureCounter] = ()
) -> "Attempt":
    """Count a try before its password is checked, and return it.

    The counters in `enforced` can refuse the try. The counters in `recorded` only record it.
    """
    sweep(SWEEP_BATCH_SIZE)
    moment = now()
    # Rows are locked in the order of their keys, so that two tries never wait for each other.
    counters = sorted({*enforced, *recorded}, key=lambda counter: counter.key)
    # A refused try is rolled back and leaves no row. Otherwise made-up names would fill the table.
    with transaction.atomic():
        rows = locked_rows(counters, moment)
        refuse_when_full(enforced, {row.key: row.moments for row in rows.values()}, moment)
        for counter in counters:
            row = rows[counter.key]
            row.moments = counter.recent([*row.moments, moment], moment)
            row.save(update_fields=["moments"])
    return Attempt(moment, [counter.key for counter in counters])


def locked_rows(counters: Collection[FailureCounter], moment: float) -> dict[str, FailedAttempts]:
    """Return the counters' rows by key, locked until the transaction ends. Create missing rows."""
    # The write locks existing rows too, so that no other transaction can delete them.
    FailedAttempts.objects.bulk_create(
        [
            FailedAttempts(key=counter.key, expires_at=moment + counter.limit.seconds)
            for counter in counters
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["expires_at"],
    )
    return FailedAttempts.objects.in_bulk([counter.key for counter in counters])


@dataclass(frozen=True)
class Attempt:
    """A try that was counted at `moment` under these keys."""

    moment: float
    keys: list[str]

    def forget(self) -> None:
        """Remove the try from its counters, because the password was right.

        Nothing remains stored about users who never failed.
        """
        with transaction.atomic():
            rows = FailedAttempts.objects.filter(key__in=self.keys).order_by("key")
            for row in rows.select_for_update():
                if self.moment in row.moments:
                    row.moments.remove(self.moment)
                    row.save(update_fields=["moments"])
                if not row.moments:
                    row.delete()


@chore(interval=SWEEP_INTERVAL)
def sweep(most: int = 10_000) -> bool:
    """Delete at most `most` expired rows, and return whether there may be more."""
    expired = FailedAttempts.objects.filter(expires_at__lt=now())
    with transaction.atomic():
        # A row that another process is writing to is no longer expired.
        keys = list(
            expired.select_for_update(skip_locked=True).values_list("key", flat=True)[:most]
        )
        if keys:
            FailedAttempts.objects.filter(key__in=keys).delete()
    return len(keys) == most


def reset_counters(counters: Iterable[FailureCounter] | None = None) -> int:
    """Delete the given counters, by default all, and return how many were deleted.

    This ends the lockouts that the counters caused.
    """
    rows = FailedAttempts.objects.all()
    if counters is not None:
        rows = rows.filter(key__in=[counter.key for counter in counters])
    return rows.delete()[0]
