"""Checks of the message catalogues: `python scripts/check_message_catalogues.py`.

`make lint` runs this script. It checks that the catalogue contains every text of the sources, that
every entry has a Vietnamese translation, and that every compiled catalogue equals its source.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
COLLECTED = ROOT / "cms" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MAKE_MESSAGES = [
    *(sys.executable, "manage.py", "makemessages", "-v0", "-l", "vi", "-i", "var", "-i", ".venv"),
    *("--no-obsolete", "--add-location", "file"),
]

# The context of an entry, if it has one, and its text in the sources.
Key = tuple[str | None, str]


def keys(catalogue: polib.POFile) -> set[Key]:
    """Return the keys that identify the entries."""
    return {(entry.msgctxt, entry.msgid) for entry in catalogue}


def texts(catalogue: polib.POFile | polib.MOFile) -> dict[Key, str | dict[int, str]]:
    """Return the translation of each entry."""
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in catalogue
        if entry.msgid
    }


def problems() -> Iterator[str]:
    """Yield one line for each problem."""
    for source in sorted(ROOT.glob("cms/*locale/*/LC_MESSAGES/*.po")):
        name = source.relative_to(ROOT)
        catalogue = polib.pofile(source)
        for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries():
            yield f"{name}: not translated: {entry.msgid!r}"
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or texts(polib.mofile(str(compiled))) != texts(catalogue):
            yield f"{name}: the .mo file is stale; run `make messages`"
    if shutil.which("xgettext"):
        yield from uncollected()
    else:
        print("gettext is not installed: did not look for texts missing from the catalogue")


def uncollected() -> Iterator[str]:
    """Yield the texts that are only in the sources or only in the catalogue."""
    before = COLLECTED.read_bytes()
    try:
        subprocess.run(MAKE_MESSAGES, cwd=ROOT, check=True)  # noqa: S603 - our own command line
        collected = keys(polib.pofile(COLLECTED))
    finally:
        COLLECTED.write_bytes(before)
    for _context, text in sorted(collected ^ keys(polib.pofile(COLLECTED)), key=str):
        yield f"catalogue and sources differ: {text!r}; run `make messages`"


if __name__ == "__main__":
    sys.exit("\n".join(problems()) or None)
