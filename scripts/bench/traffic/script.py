"""The size on the wire of the script that every page loads."""

import gzip

import brotli

from scripts.bench.traffic.report import Row
from tests.portal import ROOT

SCRIPT = ROOT / "cms" / "visitors" / "static" / "visitors" / "visitors.js"
TARGET_BYTES = 2000


def measure() -> list[Row]:
    """Return the rows."""
    source = SCRIPT.read_bytes()
    sizes = {"Brotli": len(brotli.compress(source)), "gzip": len(gzip.compress(source))}
    return [
        Row(f"visitors.js, {name}", f"{size:,} bytes", f"≤ {TARGET_BYTES:,} bytes")
        for name, size in sizes.items()
    ]
