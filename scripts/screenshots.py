"""Creates the pictures of README and docs.

Run `make demo`, and `make screenshots` at the same time.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
DESKTOP: ViewportSize = {"width": 1280, "height": 960}
PHONE: ViewportSize = {"width": 360, "height": 960}
GAP = 24


def main(address: str) -> None:
    """Create the pictures of what readers see, and of what editors and translators work with."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )

        def shoot(name: str, path: str, viewport: ViewportSize, page: Page | None = None) -> str:
            page = page or browser.new_page(viewport=viewport)
            page.goto(address + path, wait_until="networkidle")
            page.evaluate("document.querySelectorAll('img').forEach((img) => img.decode())")
            file = f"{folder}/{name}.png"
            page.screenshot(path=file)
            return file

        guidance = "/van-ban-huong-dan/quy-che-tiep-cong-dan-va-lich-tiep-nam-2027/"
        readers = [
            shoot("home", "/", DESKTOP),
            shoot("document", guidance, PHONE),
            shoot("search", "/search/?q=khen+thuong", PHONE),
        ]
        compose(readers, PICTURES / "readers.png")
        newsroom = sign_in(browser, address, "bientap")
        newsroom.goto(f"{address}/admin/pages/search/?q=lich+tiep+nam+2027")
        newsroom.locator("tbody .title a").first.click()
        newsroom.wait_for_load_state("networkidle")
        newsroom.locator('[data-contentpath="body"]').first.scroll_into_view_if_needed()
        newsroom.screenshot(path=f"{folder}/editor.png")
        gallery = shoot("gallery", "/tin-tuc/chum-anh-hai-lam-qua-bon-mua/", PHONE)
        compose([f"{folder}/editor.png", gallery], PICTURES / "newsroom.png")
        desk = sign_in(browser, address, "phiendich")
        board = shoot("board", "/admin/translations/", DESKTOP, desk)
        desk.locator("tbody tr a").first.click()
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=f"{folder}/desk.png")
        compose([board, f"{folder}/desk.png"], PICTURES / "translators.png")
        browser.close()


def sign_in(browser: Browser, address: str, username: str) -> Page:
    """Return a page of a signed-in user of the demo."""
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{address}/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", (ROOT / "var/demo-password").read_text().strip())
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def compose(files: Iterable[str], target: Path) -> None:
    """Join pictures of the same height side by side."""
    pictures = [Image.open(file) for file in files]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, pictures[0].height), "#d8dfde")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + GAP
    sheet.convert("P", palette=Image.Palette.ADAPTIVE).save(target, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
