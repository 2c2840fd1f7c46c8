"""Draws the picture of the README: `make demo` in one terminal, `make screenshots` in another."""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parent / "pictures" / "demo.png"


def main(address):
    """Draw the home page on a desktop and an article on a phone, side by side."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        desktop = browser.new_page(viewport={"width": 1200, "height": 900})
        desktop.goto(address, wait_until="networkidle")
        desktop.screenshot(path="/tmp/desktop.png")  # noqa: S108 - a scratch file
        phone = browser.new_page(viewport={"width": 400, "height": 900})
        phone.goto(address)
        phone.locator(".lead-story h2 a").click()
        phone.wait_for_load_state("networkidle")
        phone.screenshot(path="/tmp/phone.png")  # noqa: S108 - a scratch file
        browser.close()
    pictures = [Image.open(f"/tmp/{name}.png") for name in ("desktop", "phone")]  # noqa: S108
    sheet = Image.new("RGB", (1200 + 24 + 400, 900), "#d8dfde")
    sheet.paste(pictures[0], (0, 0))
    sheet.paste(pictures[1], (1224, 0))
    sheet.convert("P", palette=Image.Palette.ADAPTIVE).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1])
