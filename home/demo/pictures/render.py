"""Script that renders every SVG picture in this folder to a JPEG beside it.

It needs Chromium and Pillow. Run it from anywhere. Its arguments are the names of
the pictures to render, without extension. Without arguments it renders all of them:

    python home/demo/pictures/render.py
    python home/demo/pictures/render.py river-town training-class

The environment variable CHROMIUM names another browser binary.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1600, 1000
QUALITY = 85


def render(svg: Path, chromium: str) -> Path:
    """Take a screenshot of one SVG and save it as a progressive JPEG."""
    target = svg.with_suffix(".jpg")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(
            "<!doctype html><meta charset='utf-8'><style>body{margin:0}svg{display:block}</style>"
            + svg.read_text(encoding="utf-8"),
            encoding="utf-8",
        )
        png = Path(folder) / "page.png"
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--force-device-scale-factor=1",
            # The window is taller than the picture, because headless windows may lose the bottom.
            f"--window-size={WIDTH},{HEIGHT + 200}",
            f"--user-data-dir={folder}/profile",
            f"--screenshot={png}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with Image.open(png) as image:
            picture = image.convert("RGB").crop((0, 0, WIDTH, HEIGHT))
        picture.save(target, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return target


def main(names: list[str]) -> None:
    """Render the named pictures, or all of them."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    wanted = [HERE / f"{name}.svg" for name in names] or sorted(HERE.glob("*.svg"))
    for svg in wanted:
        target = render(svg, chromium)
        print(f"{target.name}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
