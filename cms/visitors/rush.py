"""A crowd that comes all at once, noticed before the next turn measures it in the store."""

# Seconds over which one process counts the beats that come to it.
SPAN = 1

# Seconds that a count lasts at least, for its rate: a jam that dissolves is no crowd.
SHORTEST = 0.1


class Rush:
    """Counts what comes to one process. Threads may count one too few between them."""

    def __init__(self):
        self._since, self._beats = None, 0

    def rate(self, bound, now):
        """Count a beat; once there are more than `bound` within a second, return their rate.

        Then it counts anew. Otherwise the rate is 0.
        """
        since = self._since
        age = (now - since).total_seconds() if since else SPAN
        if not 0 <= age < SPAN:
            self._since, self._beats, age = now, 0, 0
        self._beats += 1
        if self._beats <= bound:
            return 0
        beats, self._since = self._beats, None
        return beats / max(age, SHORTEST)
