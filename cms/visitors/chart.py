"""Where the bars of a chart stand. The template draws them (`visitors/chart.html`).

Widths are shares of the chart, so that it fits every screen; heights are pixels, and letters keep
their size.
"""

import math
from dataclasses import dataclass
from itertools import count

from cms.visitors.statistics import Period

# Of the tallest bar there can be, in pixels; the drawing in the template is as high.
HEIGHT = 160

# How many lines stand above the ground line at most.
MOST_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One period: `x`, `middle` and `width` as shares, `y` and `height` in pixels."""

    period: Period
    x: str
    middle: str
    width: str
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class Line:
    """A line across the chart at `y` pixels, for so many visits."""

    y: int
    visits: int


@dataclass(frozen=True)
class Chart:
    """What is drawn; `highest` is the bar that carries its number, `None` where all are empty."""

    bars: list[Bar]
    lines: list[Line]
    highest: Bar | None


def chart(periods, labels_every):
    """Return the `Chart` of the visits of `periods`, of which every so many carry a label below.

    They are counted from the last, which carries one always.
    """
    most = max(period.visits for period in periods)
    step = step_of_lines(most)
    steps = max(1, math.ceil(most / step))
    slot = 100 / len(periods)
    bars = []
    for number, period in enumerate(periods):
        height = pixels(period.visits, step * steps)
        bars.append(
            Bar(
                period,
                x=share((number + 0.12) * slot),
                middle=share((number + 0.5) * slot),
                width=share(0.76 * slot),
                y=HEIGHT - height,
                height=height,
                is_labelled=(len(periods) - 1 - number) % labels_every == 0,
            )
        )
    lines = [Line(HEIGHT - HEIGHT * number // steps, step * number) for number in range(steps + 1)]
    highest = max(bars, key=lambda bar: bar.period.visits) if most else None
    return Chart(bars, lines, highest)


def step_of_lines(most):
    """Return 1, 2, 5, 10, 20 …: the least that needs no more than `MOST_LINES` for `most`."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if step * MOST_LINES >= most)


def pixels(visits, top):
    """Return the height of a bar in a chart that ends at `top`; a single visit is seen too."""
    return max(1, round(HEIGHT * visits / top)) if visits else 0


def share(percent):
    """Write a percentage as SVG reads it, in every language with a point."""
    return f"{percent:.2f}%"
