"""Limits password checks to one at a time per machine.

One check uses a CPU for a third of a second. All processes of the machine share one lock. A request
that waits for it holds a thread that readers would need, so few requests may wait. A request that
finds no free slot is refused immediately and asked to retry soon.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

# Slots of a process, for requests that hold the lock or wait for it. There must be fewer slots than
# the process has `threads` (gunicorn.conf.py).
QUEUE_SLOTS = 3

# The maximum number of these slots for browsers that never signed in to the account. It is less
# than `QUEUE_SLOTS`, so that a known browser finds a free slot.
QUEUE_SLOTS_OF_UNKNOWN_BROWSERS = 2

# Seconds that an unknown browser waits for the lock.
MAX_WAIT_SECONDS = 2.0

# Seconds that a known browser waits for the lock. The limit frees the thread even if the file stays
# locked for any reason.
MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS = 8.0

# Seconds between two attempts of an unknown browser to take the lock.
POLL_SECONDS = 0.1

# The same for a known browser. It polls so often that it nearly always takes a free lock first.
POLL_SECONDS_OF_KNOWN_BROWSERS = 0.005

# The Retry-After header of the 503 response, in seconds.
RETRY_SECONDS = 5

slots = threading.BoundedSemaphore(QUEUE_SLOTS)
slots_of_unknown_browsers = threading.BoundedSemaphore(QUEUE_SLOTS_OF_UNKNOWN_BROWSERS)


class BusyError(Exception):
    """Too many passwords are waiting to be checked."""


@contextmanager
def password_check_lock(known: bool) -> Iterator[None]:
    """Hold this machine's lock for checking a password, or raise `BusyError`.

    A `known` browser goes first, because it polls the lock far more often and for longer. Take a
    `queue_slot` before. Do not write to the database inside, because all password checks of the
    machine wait until the lock is released.
    """
    with open_lock() as lock:
        if known:
            wait_for_lock(lock, MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS, POLL_SECONDS_OF_KNOWN_BROWSERS)
        else:
            wait_for_lock(lock, MAX_WAIT_SECONDS, POLL_SECONDS)
        yield


@contextmanager
def queue_slot(known: bool) -> Iterator[None]:
    """Hold one of the slots of this process, or raise `BusyError`."""
    semaphores = [slots] if known else [slots_of_unknown_browsers, slots]
    taken: list[threading.BoundedSemaphore] = []
    try:
        for semaphore in semaphores:
            if not semaphore.acquire(blocking=False):
                raise BusyError
            taken.append(semaphore)
        yield
    finally:
        for semaphore in reversed(taken):
            semaphore.release()


@contextmanager
def open_lock() -> Iterator[int]:
    """Open the lock file.

    Closing the file releases the lock, and so does the end of the process.
    """
    lock = os.open(settings.PASSWORD_LOCK_FILE, os.O_RDONLY)
    try:
        yield lock
    finally:
        os.close(lock)


def wait_for_lock(lock: int, max_wait_seconds: float, poll_seconds: float) -> None:
    """Wait for the lock, or raise `BusyError` after `max_wait_seconds`."""
    deadline = time.monotonic() + max_wait_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError from None
            time.sleep(poll_seconds)
