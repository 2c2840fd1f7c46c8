"""A clock that a test controls."""


class Clock:
    """A clock that stands still until a test changes `now`."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now
