"""A clock that tests control, for the limits on passwords."""

from cms.users import attempts


class AttemptsClock:
    """A clock that replaces `attempts.now` and moves only when a test moves it."""

    def __init__(self, monkeypatch):
        self.seconds = 1_900_000_000.0
        monkeypatch.setattr(attempts, "now", lambda: self.seconds)

    def pass_minutes(self, minutes):
        """Move the clock forward by `minutes`."""
        self.seconds += minutes * 60
