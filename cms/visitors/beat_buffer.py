"""A buffer for beats of known tokens, which need not reach the store immediately.

The buffer keeps beats for `BUFFER_SECONDS` and writes them together. With a large audience, the
store then needs only one step for many beats. Beats of unknown tokens or from another IP address,
visits and sign-offs go to the store immediately.

A beat counts from its arrival, not from when it is written. `VISITOR_WINDOW` is two seconds longer
than the interval between beats. Half a second of the difference is for the buffer.

Memory is limited: the buffer knows the last beat of at most `MAX_KNOWN_TOKENS` tokens.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from cms.visitors.stores.interface import MAX_DELAY_SECONDS, Beat, Store

# Seconds for which beats are buffered.
BUFFER_SECONDS = MAX_DELAY_SECONDS

# Beats that are written in one step. Redis serves no other client during this step.
BATCH_SIZE = 1000

# Seconds after its last beat here for which a token is known. During a longer pause it may have
# sent beats to other processes.
KNOWN_SECONDS = 60

# The maximum number of known tokens, about 500 bytes each.
MAX_KNOWN_TOKENS = 20_000

# A function that calls another one after a number of seconds.
CallLater = Callable[[float, Callable[[], None]], None]


def call_later(seconds: float, do: Callable[[], None]) -> None:
    """Call `do` after `seconds` in a daemon thread, so that the process can end at any time."""
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


class BeatBuffer:
    """The beats that one process buffers. It is thread-safe.

    It calls `flush()` `BUFFER_SECONDS` after the first beat, or at once when `BATCH_SIZE` beats are
    pending. `flush()` must call `write`. A caller with its own clock passes another `call_later`.
    """

    def __init__(self, flush: Callable[[], None], call_later: CallLater = call_later) -> None:
        self._flush, self._call_later = flush, call_later
        self._known: OrderedDict[str, Beat] = OrderedDict()
        self._pending: dict[str, Beat] = {}
        self._is_due = False
        self._change_lock, self._write_lock = threading.Lock(), threading.Lock()

    def remember(self, beat: Beat) -> None:
        """Remember the `Beat`, which the store has accepted."""
        with self._change_lock:
            self._remember(beat)

    def forget(self, token: str) -> None:
        """Forget the token, so that its next beat goes directly to the store."""
        with self._change_lock:
            self._known.pop(token, None)
            self._pending.pop(token, None)

    def add(self, beat: Beat) -> bool:
        """Buffer the `Beat` and return `True` if its token is known at its IP address.

        Otherwise return `False`. A beat that arrives after a later one of the same browser changes
        nothing.
        """
        with self._change_lock:
            known = self._known.get(beat.token)
            if known is None or known.address_key != beat.address_key:
                return False
            if not 0 <= (beat.at - known.at).total_seconds() < KNOWN_SECONDS:
                return False
            if beat.sequence <= known.sequence:
                return True
            self._remember(beat)
            self._pending[beat.token] = beat
            begins, self._is_due = not self._is_due, True
            is_full = len(self._pending) >= BATCH_SIZE
        if is_full:
            self._flush()
        elif begins:
            self._call_later(BUFFER_SECONDS, self._end)
        return True

    def write(self, store: Store, limit: int) -> None:
        """Write the pending beats, and return when they are in the store.

        Beats that another thread is writing are in the store by then, too. Beats that the store
        does not accept are lost; their browsers send the next ones.
        """
        with self._write_lock:
            with self._change_lock:
                beats, self._pending = list(self._pending.values()), {}
            for start in range(0, len(beats), BATCH_SIZE):
                for token in store.beat_many(beats[start : start + BATCH_SIZE], limit):
                    self.forget(token)

    def _remember(self, beat: Beat) -> None:
        self._known[beat.token] = beat
        self._known.move_to_end(beat.token)
        if len(self._known) > MAX_KNOWN_TOKENS:
            self._known.popitem(last=False)

    def _end(self) -> None:
        self._is_due = False
        self._flush()
