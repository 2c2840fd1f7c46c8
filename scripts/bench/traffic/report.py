"""The page that the figures of the live count are shown on."""

import os
from datetime import date
from typing import NamedTuple

from scripts.bench.report import table


class Row(NamedTuple):
    """One figure, and what it should be where that was promised."""

    name: str
    value: str
    target: str = ""


HEADER = ("", "Measured", "Target")

REPORT_TEMPLATE = """\
# What the live count costs, and how right it is

Written by `make bench-visitors` on {date}, on {cores} cores and {memory:.0f} GB of memory, with all
servers and the clients on them. What matters are the ratios within one run: the rates themselves
are those of this machine.

{sections}
"""

SECTION = """\
## {title}

{text}

{rows}
"""


def section(title, text, rows):
    """Return a section: what was measured, and a table of rows (name, value, target)."""
    return SECTION.format(title=title, text=text.strip(), rows=table(HEADER, *rows))


def render_report(sections):
    """Return docs/visitors.md."""
    return REPORT_TEMPLATE.format(
        date=date.today().isoformat(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        sections="\n".join(sections).rstrip(),
    )
