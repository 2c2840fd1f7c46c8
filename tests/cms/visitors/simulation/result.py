"""The results of a simulation, and their text."""

from dataclasses import dataclass
from statistics import fmean, median
from typing import NamedTuple

# Seconds over which beats are averaged.
MEAN_SECONDS = 10


class Sample(NamedTuple):
    """Second `t`: how many people were online, and the number that readers saw, if any."""

    t: int
    truth: int
    shown: int | None

    @property
    def error(self):
        """The error relative to the truth, or `None` if no number was shown."""
        if self.shown is None:
            return None
        return (self.shown - self.truth) / max(self.truth, 1)


@dataclass(frozen=True)
class Error:
    """The error of the number, relative to the truth: mean absolute error, bias and worst error.

    `above` is the highest number of people by which it was too high.
    """

    mean: float
    bias: float
    worst: float
    above: int

    @classmethod
    def of(cls, series):
        """Measure the error over the seconds in which a number was shown."""
        told = [sample for sample in series if sample.shown is not None]
        errors = [sample.error for sample in told]
        above = max(sample.shown - sample.truth for sample in told)
        return cls(fmean(map(abs, errors)), fmean(errors), max(map(abs, errors)), above)

    def __str__(self):
        return (
            f"{self.mean:.2%} on average (bias {self.bias:+.2%}, worst {self.worst:.2%},"
            f" at most {self.above:,} too many)"
        )


@dataclass(frozen=True)
class Load:
    """Messages per second that reached the server or the store.

    The values are the mean and the highest mean over 10 seconds.
    """

    mean: float
    highest: float

    @classmethod
    def of(cls, messages):
        """Measure the load from the messages of each second."""
        span = min(MEAN_SECONDS, len(messages))
        windows = range(len(messages) - span + 1)
        return cls(fmean(messages), max(fmean(messages[at : at + span]) for at in windows))

    def __str__(self):
        return f"{self.mean:,.0f} a second (at most {self.highest:,.0f} over {MEAN_SECONDS} s)"


@dataclass(frozen=True)
class Delay:
    """Seconds until the store noticed an event: the median and the worst."""

    median: float
    worst: float
    measured: int

    @classmethod
    def of(cls, delays):
        """Measure the delay."""
        return cls(median(delays), max(delays), len(delays)) if delays else cls(0, 0, 0)

    def __str__(self):
        return f"{self.median:.2f} s (worst {self.worst:.2f} s, of {self.measured:,})"


@dataclass(frozen=True)
class SimulationResult:
    """The results of a simulation.

    All values are from the time after the scenario settled, except those of the ramp.
    """

    seed: str
    settled: int
    error: Error
    ramp_error: Error
    load: Load
    ramp_load: Load
    # Beats and sign-offs of the ramp that the server passed on to the store.
    ramp_written: Load
    # The delay from being online to being counted.
    counted: Delay
    # The delay from leaving to no longer being counted.
    gone: Delay
    # The sample at the end: one browser in this many.
    one_in: int
    # Seconds from the restart of the store until the number was right again.
    recovered: int | None
    series: list

    def __str__(self):
        lines = [
            f"error            {self.error}",
            f"  in the ramp    {self.ramp_error}",
            f"messages         {self.load}",
            f"  in the ramp    {self.ramp_load}",
            f"  at the store   {self.ramp_written}",
            f"newcomer counted {self.counted}",
            f"leaver gone      {self.gone}",
            f"sample           one in {self.one_in:,}",
        ]
        if self.recovered is not None:
            lines.append(f"right again      {self.recovered} s after the restart")
        return "\n".join(lines)
