"""Positions of the bars and lines of a chart, which the template `visitors/chart.html` draws.

Widths are percentages of the chart, so that it fits every screen. Heights are pixels, so that text
keeps its size.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from cms.visitors.statistics import Period

# The height in pixels of the tallest possible bar. The drawing in the template has the same height.
HEIGHT_PIXELS = 160

# The maximum number of lines above the ground line.
MAX_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One period: `x`, `middle` and `width` are percentages, `y` and `height` are pixels."""

    period: Period
    x: str
    middle: str
    width: str
    y: int
    height: int
    is_labelled: bool


@dataclass(frozen=True)
class GridLine:
    """A horizontal line across the chart at `y` pixels, which marks `visits` visits."""

    y: int
    visits: int


@dataclass(frozen=True)
class Chart:
    """The bars and lines of a chart.

    `highest` is the bar that shows its number of visits, or `None` if no bar has visits.
    """

    bars: list[Bar]
    lines: list[GridLine]
    highest: Bar | None


def chart(periods: Sequence[Period], labels_every: int) -> Chart:
    """Return the `Chart` of the visits of `periods`, with a label below every `labels_every` bars.

    The labels are counted from the last bar, which always has one.
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
                y=HEIGHT_PIXELS - height,
                height=height,
                is_labelled=(len(periods) - 1 - number) % labels_every == 0,
            )
        )
    lines = [
        GridLine(HEIGHT_PIXELS - HEIGHT_PIXELS * number // steps, step * number)
        for number in range(steps + 1)
    ]
    highest = max(bars, key=lambda bar: bar.period.visits) if most else None
    return Chart(bars, lines, highest)


def step_of_lines(most: int) -> int:
    """Return the visits between two lines: 1, 2, 5, 10, 20 …

    It is the smallest of these steps with which `MAX_LINES` lines are enough for `most` visits.
    """
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return next(step for step in steps if step * MAX_LINES >= most)


def pixels(visits: int, top: int) -> int:
    """Return the height of a bar in a chart that ends at `top`: 0, or at least 1 pixel."""
    return max(1, round(HEIGHT_PIXELS * visits / top)) if visits else 0


def share(percent: float) -> str:
    """Return a percentage as SVG reads it, with a decimal point in every language."""
    return f"{percent:.2f}%"
