"""Beats that need not reach the store at once: those of tokens that this process knows.

They are kept for `SECONDS` and written together, so that a large audience costs the store one step
for many beats. Newcomers, visits, sign-offs and whoever comes from another address go at once. A
beat counts from when it came, not from when it was written: half a second of the two by which
`VISITOR_WINDOW` exceeds the beat's interval is for this.

Memory is bounded: of each of at most `MOST_KNOWN` tokens the last beat is known.
"""

import threading
from collections import OrderedDict

from cms.visitors.stores.interface import LATE

# For how long beats are gathered.
SECONDS = LATE

# Beats that are written in one step: Redis serves nobody else meanwhile.
BATCH = 1000

# Seconds for which a token is known: in between it may have beaten to other processes.
KNOWN = 60

# Tokens that are known at once, about 500 bytes each.
MOST_KNOWN = 20_000


def after(seconds, do):
    """Do something later in a thread of its own, which keeps no process from ending."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


class Gathering:
    """The beats that one process gathers, in any number of threads.

    `due()` is called `SECONDS` after the first of them came, and is to call `write`; who owns the
    clock gives another `later`.
    """

    def __init__(self, due, later=after):
        self._due, self._later = due, later
        self._known = OrderedDict()
        self._gathered = {}
        self._is_due = False
        self._changing, self._writing = threading.Lock(), threading.Lock()

    def know(self, beat):
        """Remember the `Beat`, which the store has taken."""
        with self._changing:
            self._remember(beat)

    def forget(self, token):
        """Let the next beat of the token go to the store."""
        with self._changing:
            self._known.pop(token, None)
            self._gathered.pop(token, None)

    def take(self, beat):
        """Gather the `Beat` and say so, if its token is known at its address.

        One that arrives after a later one of the same browser changes nothing.
        """
        with self._changing:
            known = self._known.get(beat.token)
            if known is None or known.address_key != beat.address_key:
                return False
            if not 0 <= (beat.at - known.at).total_seconds() < KNOWN:
                return False
            if beat.sequence <= known.sequence:
                return True
            self._remember(beat)
            self._gathered[beat.token] = beat
            begins, self._is_due = not self._is_due, True
            is_full = len(self._gathered) >= BATCH
        if is_full:
            self._due()
        elif begins:
            self._later(SECONDS, self._end)
        return True

    def write(self, store, limit):
        """Write what is gathered, and return when it is in the store.

        That is also what another thread is just writing. What the store does not take is lost: its
        browsers beat again.
        """
        with self._writing:
            with self._changing:
                beats, self._gathered = list(self._gathered.values()), {}
            for start in range(0, len(beats), BATCH):
                for token in store.beat_again(beats[start : start + BATCH], limit):
                    self.forget(token)

    def _remember(self, beat):
        self._known[beat.token] = beat
        self._known.move_to_end(beat.token)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def _end(self):
        self._is_due = False
        self._due()
