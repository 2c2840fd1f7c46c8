"""Comparison of pages with reference pictures, which are in tests/browser/reference/.

`REFERENCE=draw pytest tests/browser/test_reference.py` draws the pictures again. Look at them
before you commit them. They are drawn with Debian's Noto and Roboto, which `.ci/run` installs.
"""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from pixelmatch.contrib.PIL import pixelmatch

from tests.browser.addresses import ADDRESSES

pytestmark = pytest.mark.appearance

PICTURES = Path(__file__).parent / "reference"
FONTS = ("Roboto", "Noto Serif")
# The share of pixels that may differ, because browsers draw the edges of letters differently.
ALLOWED = 0.01

# Another section is compared, because the usual one contains articles of other tests.
OTHERS = {"section": "/van-ban-huong-dan/"}

SHOTS = [
    ("home", 360, "light"),
    ("home", 1280, "light"),
    ("home", 1280, "dark"),
    ("section", 1280, "light"),
    ("article", 360, "dark"),
    ("article", 1280, "light"),
    ("gallery", 360, "contrast"),
    ("document", 360, "light"),
    ("missing", 360, "light"),
]


@pytest.fixture(scope="module")
def fonts():
    """A check for the fonts of the pictures. Other machines show the pages in other fonts."""
    listed = ""
    if shutil.which("fc-list"):
        command = [shutil.which("fc-list"), ":", "family"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own command line
    if not all(font in listed for font in FONTS):
        pytest.skip("Fonts absent (fonts-noto-core, fonts-roboto): no page was compared")


@pytest.mark.parametrize(("kind", "width", "theme"), SHOTS)
def test_a_page_looks_as_it_is_meant_to(open_browser, portal, fonts, kind, width, theme):
    page = open_browser(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.goto("/tro-nang/")
    page.evaluate(f"localStorage.setItem('display-theme', '{theme}')")
    page.goto(OTHERS.get(kind) or ADDRESSES["vi"][kind])
    page.wait_for_load_state("networkidle")
    # Parts that depend on the time, on other tests' articles and on the visitors online.
    hidden = ".latest, .footer-visitors, .visitor-count, .home-section"
    page.evaluate(
        f"document.querySelectorAll('{hidden}').forEach((e) => e.style.visibility = 'hidden')"
    )
    shown = Image.open(BytesIO(page.screenshot())).convert("RGBA")
    file = PICTURES / f"{kind}-{width}-{theme}.png"
    if os.environ.get("REFERENCE") == "draw":
        PICTURES.mkdir(exist_ok=True)
        shown.convert("P", palette=Image.Palette.ADAPTIVE).save(file, optimize=True)
    meant = Image.open(file).convert("RGBA")
    assert shown.size == meant.size
    soft = ImageFilter.GaussianBlur(1)
    different = pixelmatch(shown.filter(soft), meant.filter(soft), threshold=0.15)
    assert different <= ALLOWED * shown.width * shown.height
