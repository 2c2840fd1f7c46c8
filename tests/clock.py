"""A clock in the hands of a test."""


class Clock:
    """Stands still until a test puts `now` forward."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now
