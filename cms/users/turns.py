"""One password at a time: checking one takes a processor for a third of a second.

All processes of a machine take turns. Those who wait hold a thread that readers would need, so few
may wait, and whoever finds no place is told at once to come back in a moment.
"""

import fcntl
import os
import threading
import time
from contextlib import contextmanager

from django.conf import settings

# Of a process, for who has the turn and who waits: fewer than its `threads` (gunicorn.conf.py).
PLACES = 3

# Of these, for browsers that never signed in to the account: fewer than all.
PLACES_OF_STRANGERS = 2

# Seconds that a stranger waits for the turn.
PATIENCE = 2.0

# Seconds that a known browser waits for it: whatever locks the file, the threads come back.
PATIENCE_OF_KNOWN = 8.0

# Seconds between two looks of a stranger whether the turn is free.
PAUSE = 0.1

# The same of a known browser: it is nearly always the first to see it.
PAUSE_OF_KNOWN = 0.005

# Retry-After of the 503, in seconds.
RETRY_SECONDS = 5

places = threading.BoundedSemaphore(PLACES)
places_of_strangers = threading.BoundedSemaphore(PLACES_OF_STRANGERS)


class BusyError(Exception):
    """Too many passwords wait to be checked."""


@contextmanager
def turn(known):
    """Have the turn of this machine to check a password, or raise `BusyError`.

    A `known` browser goes first: it looks far more often whether the turn is free, and for longer.
    Take a `place` before, and write to the database outside: all passwords wait meanwhile.
    """
    with open_lock() as lock:
        if known:
            wait_patiently(lock, PATIENCE_OF_KNOWN, PAUSE_OF_KNOWN)
        else:
            wait_patiently(lock, PATIENCE, PAUSE)
        yield


@contextmanager
def place(known):
    """Have one of the places of this process, or raise `BusyError`."""
    semaphores = [places] if known else [places_of_strangers, places]
    taken = []
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
def open_lock():
    """Open the file that is locked for a turn.

    Closing gives the turn back, and so does the death of the process.
    """
    lock = os.open(settings.PASSWORD_TURN_FILE, os.O_RDONLY)
    try:
        yield lock
    finally:
        os.close(lock)


def wait_patiently(lock, patience, pause):
    """Wait for the turn, or raise `BusyError` after `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError from None
            time.sleep(pause)
