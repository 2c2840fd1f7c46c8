"""Detection of a sudden crowd before the next upkeep measures it in the store."""

from datetime import datetime

# Seconds over which one process counts its beats.
SPAN_SECONDS = 1

# The minimum duration in seconds for computing the rate. Otherwise delayed beats that arrive
# together would look like a crowd.
MIN_SPAN_SECONDS = 0.1


class BurstDetector:
    """A counter of the beats of one process.

    If threads count at the same time, one beat may be missed.
    """

    _since: datetime | None

    def __init__(self) -> None:
        self._since, self._beats = None, 0

    def count_beat(self, bound: int, now: datetime) -> float:
        """Count a beat, and return the rate if there are more than `bound` within a second.

        The count then starts again. Otherwise return 0.
        """
        since = self._since
        age = (now - since).total_seconds() if since else SPAN_SECONDS
        if not 0 <= age < SPAN_SECONDS:
            self._since, self._beats, age = now, 0, 0
        self._beats += 1
        if self._beats <= bound:
            return 0
        beats, self._since = self._beats, None
        return beats / max(age, MIN_SPAN_SECONDS)
