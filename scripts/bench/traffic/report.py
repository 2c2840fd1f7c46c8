"""The page with the figures of the live count."""

import os
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from scripts.bench.report import table


class Row(NamedTuple):
    """One figure, and its target if there is one."""

    name: str
    value: str
    target: str = ""


HEADER = ("", "Measured", "Target")

REPORT_TEMPLATE = """\
# What the live count costs, and how right it is

Written by `make bench-visitors` on {date}, on {cores} cores and {memory:.0f} GB of memory, with all
servers and clients on the same machine. The ratios within one run matter, because the rates depend
on the machine.

{sections}
"""

SECTION = """\
## {title}

{text}

{rows}
"""


def section(title: str, text: str, rows: Iterable[Row]) -> str:
    """Return a section with a description of the measurement and a table of rows.

    A row is a name, a value and a target.
    """
    return SECTION.format(title=title, text=text.strip(), rows=table(HEADER, *rows))


def render_report(sections: Iterable[str]) -> str:
    """Return the text of docs/visitors.md."""
    return REPORT_TEMPLATE.format(
        date=date.today().isoformat(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        sections="\n".join(sections).rstrip(),
    )
