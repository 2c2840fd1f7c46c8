"""The measured figures of a page, and the tables of docs/lighthouse.md."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from statistics import median
from typing import Any, Self

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NOT_PICTURES = ("Document", "Stylesheet", "Script", "Font")
KB = 1000
CLUES = ("snippet", "explanation", "cause", "description", "url")

HEADER = (
    *("Page", "Performance", "Accessibility", "Best practices", "SEO", "LCP, ms", "Layout shift"),
    *("HTML + CSS + JS + fonts, KB", "JS alone, KB", "All, KB"),
)
TARGET = ("**Target**", 100, 100, 100, "100 ¹", "≤ 1,000", 0, "≤ 18", "≤ 5", "≤ 50 ²")

PEER_HEADER = (
    *("Site", "Performance", "Accessibility", "Best practices", "SEO", "LCP, ms"),
    *("HTML + CSS + JS, KB", "With photo, KB"),
)
# Measured earlier, on a machine of the same size, with the same kind of article.
PEERS = (
    ("News template", 99, 96, 96, 91, "1,983", "16.7 + web fonts", 145),
    ("bakerydemo", 100, 98, 96, 91, "1,397", "48.2", 70),
    ("WordPress", 100, 100, 100, 92, "1,134", "27.3", 101),
)

REPORT_TEMPLATE = """\
# How fast the public pages are

Written by `make lighthouse` on {date}, with Lighthouse {lighthouse} and Chromium {chromium}, on
{cores} cores and {memory:.0f} GB of memory. Lighthouse measures as a telephone (412 px at a scale
of 1.75, simulated throttling). The values are the medians of {runs} runs of each page. The portal
runs in gunicorn as in production, over plain HTTP/1.1, with SQLite and the demo content. The
article has 600 words and one captioned photo. Bytes are counted on the wire, including headers. One
KB is 1,000 bytes.

{pages}

¹ There is no target for results of a search and for errors, because these pages ask not to be
indexed. ² The target is for the article with its photo. The status 404 costs an error page points
of best practices, because Chromium logs it.

## The article on a slow network

The network has 400 kbit/s in each direction and 400 ms to the first byte, and the cache is empty.
The values are the medians of {slow_runs} runs. The text appears after {text:,.0f} ms, and the
largest content after {largest:,.0f} ms. The target for the text is ≤ 1,000 ms.

## Beside others

The other sites have the same kind of article. They were measured earlier on a machine of the same
size.

{peers}
"""


# The JSON that Lighthouse writes about one visit to a page.
LighthouseResult = dict[str, Any]


@dataclass(frozen=True)
class PageFigures:
    """The figures of a page: scores of 100, largest paint in milliseconds, bytes on the wire."""

    performance: float
    accessibility: float
    best_practices: float
    seo: float
    largest_paint: float
    layout_shift: float
    not_pictures: float
    scripts: float
    everything: float

    @classmethod
    def of(cls, result: LighthouseResult) -> Self:
        """Read the figures from a Lighthouse result."""
        audits = result["audits"]
        requests = audits["network-requests"]["details"]["items"]

        def size(*types: str) -> int:
            sizes = (each["transferSize"] for each in requests if each["resourceType"] in types)
            return sum(sizes)

        # mypy does not count the values of the generator.
        return cls(  # type: ignore[misc]
            *(round(result["categories"][name]["score"] * 100) for name in CATEGORIES),
            largest_paint=audits["largest-contentful-paint"]["numericValue"],
            layout_shift=audits["cumulative-layout-shift"]["numericValue"],
            not_pictures=size(*NOT_PICTURES),
            scripts=size("Script"),
            everything=sum(each["transferSize"] for each in requests),
        )

    @classmethod
    def median(cls, results: Iterable[LighthouseResult]) -> Self:
        """Return the median of each figure over several results."""
        columns = zip(*(astuple(cls.of(result)) for result in results), strict=True)
        return cls(*map(median, columns))

    def cells(self) -> list[str]:
        """Return the figures as cells of the table of pages."""
        sizes = (self.not_pictures, self.scripts, self.everything)
        return [
            *(f"{score:.0f}" for score in astuple(self)[:4]),
            f"{self.largest_paint:,.0f}",
            f"{round(self.layout_shift, 3):g}",
            *(f"{size / KB:.1f}" for size in sizes),
        ]


def render_report(
    measured: Mapping[str, PageFigures],
    absent: Iterable[str],
    article: PageFigures,
    slow: Sequence[float],
    **facts: object,
) -> str:
    """Return the text of docs/lighthouse.md.

    `measured` has the figures by the name of the page, and `slow` has two times in milliseconds.
    """
    text, largest = slow
    *scores, paint, _shift, light, _scripts, everything = article.cells()
    pages = [
        *((name, *figures.cells()) for name, figures in measured.items()),
        *((name, *["—"] * (len(HEADER) - 1)) for name in absent),
    ]
    return REPORT_TEMPLATE.format(
        date=date.today().isoformat(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        pages=table(HEADER, *pages, TARGET),
        text=text,
        largest=largest,
        peers=table(PEER_HEADER, ("**This portal**", *scores, paint, light, everything), *PEERS),
        **facts,
    )


def table(header: Sequence[object], *rows: Iterable[object]) -> str:
    """Return a Markdown table with right-aligned figures."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (header, rule, *rows))


def failures(result: LighthouseResult) -> Iterator[str]:
    """Yield a line for each audit that costs the page points, and for each element it refers to.

    Layout shifts are always included, even if they cost no points, because the target is zero.
    """
    for category in result["categories"].values():
        for reference in category["auditRefs"]:
            audit = result["audits"][reference["id"]]
            items = audit.get("details", {}).get("items", [])
            passed = audit["score"] is None or audit["score"] == 1
            if (reference["weight"] and not passed) or (audit["id"] == "layout-shifts" and items):
                value = audit.get("displayValue", "")
                yield f"{category['id']}: {audit['id']} {audit['score']} {audit['title']} {value}"
                yield from (f"  {' '.join(clues(item))[:400]}" for item in items)


def clues(details: object) -> Iterator[str]:
    """Yield the elements, URLs and explanations in the details of an audit."""
    if isinstance(details, list):
        for each in details:
            yield from clues(each)
    elif isinstance(details, dict):
        for key, value in details.items():
            if key in CLUES and isinstance(value, str):
                yield " ".join(value.split())
            else:
                yield from clues(value)
