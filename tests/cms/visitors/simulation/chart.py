"""An SVG chart of the error over time, with one row per scenario.

Position and text distinguish the rows, not colour.
"""

from html import escape

WIDTH, LEFT, RIGHT = 720, 46, 8
TOP, ROW, GAP, BOTTOM = 24, 90, 34, 30
# The error at the upper edge of a row. Larger errors are cut off there.
MAX_ERROR = 0.06

# The error at the edges of the grey band.
TARGET = 0.02

STYLE = """\
text { font: 12px sans-serif; fill: #222 }
.title { font-weight: bold }
.left { text-anchor: end }
.time { text-anchor: middle }
.band { fill: #e6e6e6 }
.axis { stroke: #777 }
.error { fill: none; stroke: #111; stroke-width: 1.2 }"""


def draw(results):
    """Return the SVG for results, which are given by the name of the scenario."""
    height = TOP + len(results) * (ROW + GAP) - GAP + BOTTOM
    rows = [
        line
        for number, (name, result) in enumerate(results.items())
        for line in row(name, result, TOP + number * (ROW + GAP))
    ]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>Error of the number of people online, relative to the truth, over time</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *rows,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def row(name, result, top):
    """Yield the row of one scenario: the error in each second after the scenario settled."""
    series = result.series[result.settled :]
    begin, end = series[0].t, series[-1].t
    middle = top + ROW / 2

    def across(t):
        return LEFT + (t - begin) / max(end - begin, 1) * (WIDTH - LEFT - RIGHT)

    def down(error):
        return middle - max(-1, min(1, error / MAX_ERROR)) * ROW / 2

    band = down(TARGET)
    yield text(LEFT, top - 8, f"{name}: {result.error.mean:.2%} on average", "title")
    yield (
        f'<rect class="band" x="{LEFT}" y="{band:.1f}" width="{WIDTH - LEFT - RIGHT}"'
        f' height="{2 * (middle - band):.1f}"/>'
    )
    yield f'<path class="axis" d="M{LEFT} {middle:.1f}H{WIDTH - RIGHT}"/>'
    for error in (MAX_ERROR, TARGET, 0, -TARGET, -MAX_ERROR):
        yield text(LEFT - 6, down(error) + 4, f"{error:+.0%}" if error else "0", "left")
    for part in parts(series):
        points = " ".join(f"{across(t):.1f},{down(error):.1f}" for t, error in part)
        yield f'<polyline class="error" points="{points}"/>'
    for t in (begin, (begin + end) // 2, end):
        anchor = min(across(t), WIDTH - RIGHT - 16)
        yield text(anchor, top + ROW + 14, f"{t - begin} s", "time")


def parts(series):
    """Yield unbroken runs of (second, error). They are separated where no number was shown."""
    part = []
    for sample in series:
        if sample.shown is not None:
            part.append((sample.t, sample.error))
        elif part:
            yield part
            part = []
    if part:
        yield part


def text(x, y, words, kind):
    """Return the SVG text element at a position."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
