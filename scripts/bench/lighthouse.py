"""Measures the public pages and writes docs/lighthouse.md: `make lighthouse`.

The portal runs as in production. The script prints the problems that cost a page points.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from scripts.bench.report import LighthouseResult, PageFigures, failures, render_report
from tests.portal import CHROMIUM, ROOT, serve_portal

LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
REPORT_FILE = ROOT / "docs" / "lighthouse.md"

SLUG = "bai-viet-600-chu"
ARTICLE = "Article"
ERROR = "Error 404"
PAGES = {
    "Home": "/",
    "Section": "/tin-tuc/",
    ARTICLE: f"/tin-tuc/{SLUG}/",
    "Plain page": "/gioi-thieu/",
    "Results of a search": "/search/?q=thi+dua",
    ERROR: "/khong-co-trang-nay/",
    "Accessibility": "/tro-nang/",
}

RUNS = 9
# Sometimes Lighthouse fails to record a page load and asks for another run.
TRIES = 3
SLOW_RUNS = 5

TELEPHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
}
SLOW_NETWORK = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
PAINTS = """() => new Promise((resolve) => {
    const first = performance.getEntriesByName("first-contentful-paint")[0]
    new PerformanceObserver((list) => {
        resolve([first.startTime, list.getEntries().at(-1).startTime])
    }).observe({type: "largest-contentful-paint", buffered: true})
})"""


def main() -> None:
    """Serve the portal, measure it and write the document."""
    if lacking := missing():
        sys.exit(f"make lighthouse needs {lacking}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'portal.sqlite3'}"
        with serve_portal(
            database, folder / "media", folder / "gunicorn.log", prepare=""
        ) as portal:
            code = (
                f"from scripts.bench import article as a; a.publish({SLUG!r}); a.wait_for_worker()"
            )
            portal.manage("shell", "-c", code)
            results = {page: measure(page, portal.url + path) for page, path in PAGES.items()}
            slow, chromium = visit_slowly(portal.url + PAGES[ARTICLE])
    facts = {
        "lighthouse": results[ARTICLE][0]["lighthouseVersion"],
        "chromium": chromium,
        "runs": RUNS,
        "slow_runs": SLOW_RUNS,
    }
    measured = {page: PageFigures.median(runs) for page, runs in results.items() if runs}
    absent = [page for page, runs in results.items() if not runs]
    REPORT_FILE.write_text(render_report(measured, absent, measured[ARTICLE], slow, **facts))
    say(f"Written: {REPORT_FILE.relative_to(ROOT)}")


def missing() -> str | None:
    """Return the name of the first missing requirement, or `None`."""
    if not shutil.which("node"):
        return "node"
    if not LIGHTHOUSE.exists():
        return "Lighthouse: npm ci --prefix scripts/bench"
    return None if CHROMIUM else "Chromium, on the path or named by the variable CHROMIUM"


def measure(page: str, url: str) -> list[LighthouseResult]:
    """Return the Lighthouse results of a page, and print the problems of the worst one.

    The list is empty if the portal does not have the page.
    """
    if not is_there(url) and page != ERROR:
        say(f"\n{page}: there is no such page")
        return []
    results = [lighthouse(url) for _run in range(RUNS)]
    worst = min(results, key=lambda result: PageFigures.of(result).performance)
    say(f"\n{page}: {' | '.join(PageFigures.median(results).cells())}", *failures(worst))
    return results


def is_there(url: str) -> bool:
    """Return whether the page exists. Raise an error if the page fails."""
    try:
        urllib.request.urlopen(url).close()  # noqa: S310 - our own server
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        return False
    return True


def lighthouse(url: str) -> LighthouseResult:
    """Return the Lighthouse result of a page, measured as a telephone."""
    command: list[str | Path] = [
        *(LIGHTHOUSE, url, "--output=json", "--quiet", "--no-enable-error-reporting"),
        *("--ignore-status-code", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"),
    ]
    assert CHROMIUM is not None  # see `missing`
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    for _try in range(TRIES):
        run = subprocess.run(command, env=environment, stdout=subprocess.PIPE)  # noqa: S603 - our own command line
        if run.returncode == 0:
            return json.loads(run.stdout)
    sys.exit(f"Lighthouse failed {TRIES} times on {url}")


def visit_slowly(url: str) -> tuple[list[float], str]:
    """Return the median times of the first and the largest paint, and the browser's version."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        paints = [paint_slowly(browser, url) for _run in range(SLOW_RUNS)]
        return [median(times) for times in zip(*paints, strict=True)], browser.version


def paint_slowly(browser: Browser, url: str) -> list[float]:
    """Return the times of the first and the largest paint on a telephone with a slow network."""
    context = browser.new_context(**TELEPHONE)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    page.goto(url, wait_until="networkidle")
    paints = page.evaluate(PAINTS)
    context.close()
    return paints


def say(*lines: str) -> None:
    """Print lines to the terminal without buffering."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
