"""Measures the live count and writes docs/visitors.md: `make bench-visitors`."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django

from tests.portal import ROOT

REPORT_FILE = ROOT / "docs" / "visitors.md"
# Programs, and the Debian packages that contain them.
PROGRAMS = {"wrk": "wrk", "redis-server": "redis-server"}


def main() -> None:
    """Run all measurements and write the document."""
    lacking = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if lacking:
        sys.exit(f"make bench-visitors needs {' and '.join(lacking)}: apt-get install")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.test")
    django.setup()
    from scripts.bench.traffic import sections
    from scripts.bench.traffic.report import render_report

    with tempfile.TemporaryDirectory() as name:
        REPORT_FILE.write_text(render_report(sections.measure_sections(Path(name))))
    print(f"Written: {REPORT_FILE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
