"""The clock of the limits, in the hands of a test."""

from cms.users import attempts


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, monkeypatch):
        self.seconds = 1_900_000_000.0
        monkeypatch.setattr(attempts, "now", lambda: self.seconds)

    def pass_minutes(self, minutes):
        """Go on."""
        self.seconds += minutes * 60
