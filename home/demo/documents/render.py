"""Script that prints every document of `texts.py` in the prescribed form as a PDF beside this file.

It needs Chromium: `python -m home.demo.documents.render`. The environment variable CHROMIUM names
another browser.
"""

import os
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from home.demo.content import DocumentText
from home.demo.documents.texts import DOCUMENT_TEXTS

HERE = Path(__file__).resolve().parent

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 2cm 2cm 2cm 3cm }}
body {{ font: 13pt/1.45 "Liberation Serif", "Times New Roman", "DejaVu Serif", serif }}
.head {{ display: flex; justify-content: space-between; text-align: center }}
h1 {{ font-size: 14pt; text-align: center; margin: 1.6em 0 1.2em }}
p {{ text-indent: 1.2cm; text-align: justify; margin: 0 0 .6em }}
.sign {{ margin: 1.5em 0 0 50%; text-align: center; font-weight: bold }}
</style><div class="head"><div>UBND TỈNH HẢI LAM<br><b>SỞ NỘI VỤ</b><br>Số: {number}</div>
<div><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b><br>
<i>Hải Lam, ngày {day} tháng {month} năm {year}</i></div></div>
<h1>{kind}<br>{subject}</h1>{paragraphs}
<div class="sign">{signer_role}<br><br><br><br>{signer}</div></html>"""


def render(document: DocumentText, chromium: str) -> Path:
    """Print one document as a PDF and return the path of the file."""
    issued = date.fromisoformat(document.issue_date)
    target = HERE / document.file
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(
            PAGE.format(
                title=document.title,
                number=document.number,
                day=f"{issued.day:02d}",
                month=f"{issued.month:02d}",
                year=issued.year,
                kind=document.kind.upper(),
                subject=document.subject,
                paragraphs="".join(f"<p>{text}</p>" for text in document.paragraphs),
                signer_role=document.signer_role,
                signer=document.signer,
            ),
            encoding="utf-8",
        )
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


if __name__ == "__main__":
    for document in DOCUMENT_TEXTS:
        file = render(document, os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        print(f"{file.name}: {file.stat().st_size // 1024} KB")
