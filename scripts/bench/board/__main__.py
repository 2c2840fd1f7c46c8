"""Measures the translators' board and writes docs/board.md: `make bench-board`.

It uses SQLite, and also PostgreSQL if `DATABASE_URL` is the URL of a PostgreSQL server.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from scripts.bench.board.measure import ROUNDS, SIZES
from scripts.bench.report import table
from tests.portal import ROOT

REPORT_FILE = ROOT / "docs" / "board.md"

# The milliseconds of each list by its name, for each number of articles.
Figures = dict[str, dict[str, float]]

REPORT_TEMPLATE = """\
# How fast the board of translations is

Written by `make bench-board` on {date}, on {cores} cores and {memory:.0f} GB of memory. The values
are the times of the first page of the board in milliseconds, the median of {rounds} requests. The
page is rendered in the process of the benchmark, for an administrator who sees two languages. Each
article has a row in each language. Half of the rows are stale, with different urgencies.

The ratio matters: how much longer the same list takes with {many:,} articles than with {few:,}. The
number of queries is the same for both, and a test checks this.

{tables}
"""


def main() -> None:
    """Measure each database and write the document."""
    measured = {}
    with tempfile.TemporaryDirectory() as folder:
        measured["SQLite"] = figures(f"sqlite:///{folder}/board.sqlite3")
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        with database(given) as url:
            measured["PostgreSQL"] = figures(url)
    REPORT_FILE.write_text(render_report(measured))
    print(f"Written: {REPORT_FILE.relative_to(ROOT)}")


def figures(database_url: str) -> Figures:
    """Return the figures that `measure` prints for a database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "settings.test",
        "LANGUAGES": "vi,en,fr",
    }
    run = subprocess.run(
        [sys.executable, "-m", "scripts.bench.board.measure"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(run.stdout)


@contextmanager
def database(url: str) -> Iterator[str]:
    """Create an empty PostgreSQL database on the server of `url`, for the measurement only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.test")
    import django

    django.setup()
    from tests.databases import temporary_database

    with temporary_database(url, "portal_bench_board") as address:
        yield address


def render_report(measured: Mapping[str, Figures]) -> str:
    """Return the text of docs/board.md."""
    return REPORT_TEMPLATE.format(
        date=date.today().isoformat(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        rounds=ROUNDS,
        few=SIZES[0],
        many=SIZES[-1],
        tables="\n\n".join(f"## {name}\n\n{rows(found)}" for name, found in measured.items()),
    )


def rows(found: Figures) -> str:
    """Return the table of one database: each list with few and with many articles."""
    few, many = (found[str(size)] for size in (SIZES[0], SIZES[-1]))
    header = ("The list", *(f"{size:,} articles, ms" for size in SIZES), "Ratio")
    return table(
        header,
        *(
            (
                name,
                f"{few[name]:.0f}",
                f"{many[name]:.0f}",
                f"{many[name] / few[name]:.1f}",
            )
            for name in few
        ),
    )


if __name__ == "__main__":
    main()
