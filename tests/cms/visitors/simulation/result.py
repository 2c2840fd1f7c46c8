"""What a simulation found, and how it is told."""

from dataclasses import dataclass
from statistics import fmean, median
from typing import NamedTuple

# Seconds over which beats are averaged.
MEAN_SECONDS = 10


class Sample(NamedTuple):
    """Second `t`: how many were online, and the number readers were shown, if any."""

    t: int
    truth: int
    shown: int | None

    @property
    def error(self):
        """The error relative to the truth, none where no number was shown."""
        if self.shown is None:
            return None
        return (self.shown - self.truth) / max(self.truth, 1)


@dataclass(frozen=True)
class Error:
    """How far the number was off, relative to the truth: mean absolute error, bias, the worst.

    `above` is by how many people it was too high at most.
    """

    mean: float
    bias: float
    worst: float
    above: int

    @classmethod
    def of(cls, series):
        """Measure it, over the seconds at which a number was shown."""
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
    """Messages a second that reached the server, or the store: on average, and the most in 10 s."""

    mean: float
    highest: float

    @classmethod
    def of(cls, messages):
        """Measure it from the messages of each second."""
        span = min(MEAN_SECONDS, len(messages))
        windows = range(len(messages) - span + 1)
        return cls(fmean(messages), max(fmean(messages[at : at + span]) for at in windows))

    def __str__(self):
        return f"{self.mean:,.0f} a second (at most {self.highest:,.0f} over {MEAN_SECONDS} s)"


@dataclass(frozen=True)
class Delay:
    """Seconds until the store noticed: the median, and the worst."""

    median: float
    worst: float
    measured: int

    @classmethod
    def of(cls, delays):
        """Measure it."""
        return cls(median(delays), max(delays), len(delays)) if delays else cls(0, 0, 0)

    def __str__(self):
        return f"{self.median:.2f} s (worst {self.worst:.2f} s, of {self.measured:,})"


@dataclass(frozen=True)
class Result:
    """What a simulation found. All but the two of the ramp is of the time after it settled."""

    seed: str
    settled: int
    error: Error
    ramp_error: Error
    load: Load
    ramp_load: Load
    # Beats and sign-offs of the ramp that the server passed on to the store.
    ramp_written: Load
    # From being online to being counted.
    counted: Delay
    # From leaving to being counted no longer.
    gone: Delay
    # The sample at the end.
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
