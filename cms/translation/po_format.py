"""The PO file: how segments are written, and how a file that comes back is read.

One file may contain several articles. An entry is identified by its context and its text, because
rich text has several texts at one path. The context consists of the translation and the path. The
header contains the number of entries and their checksum, and the last entry marks the end. This
detects a file that was cut off or mixed with another. Nothing here reads or writes the database.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from tempfile import NamedTemporaryFile
from uuid import UUID

import polib
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms.text.spelling import normalise
from cms.translation import localize

# The maximum size in bytes of a file that is read.
MAX_BYTES = 5 * 1024 * 1024

# The approximate maximum of an entry's characters beside its texts: context, comment, keywords.
ENTRY_CHARACTERS = 300

MAX_ENTRIES = 10_000
# The maximum number of lines of one entry, with comments and the line breaks in its texts.
# The time that polib needs grows with the square of it.
MAX_LINES = 2_000

VERSION = "1"
# The context of the last entry. Without it, a text that lost its last lines would look complete.
END = "end"

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# A line of text with both quotes. If a quote is missing, polib reports no error and drops a letter.
LINE = re.compile(
    r'(?:#~\|?|#\|)?\s*+(?:msg(?:ctxt|id|id_plural|str|str\[\d\]))?\s*+"(?:[^"\\]|\\.)*+"'
)
NEXT = re.compile(r"(?:#~ ?)?msgid\b(?!_)")


class POError(Exception):
    """The reason why a file is refused, with the line that causes it."""

    def __init__(self, line: int, reason: str | Promise) -> None:
        super().__init__(at_line(line, reason))


def at_line(line: int, said: str | Promise) -> str:
    """Return a message about a line of a file."""
    return _("Line %(line)d: %(reason)s") % {"line": line, "reason": said}


@dataclass(frozen=True)
class ExportedTranslation:
    """A translation that is exported.

    It has the original's title, the translation's address in the admin, and the segments.
    """

    uuid: UUID
    title: str
    address: str
    segments: list[localize.Segment]


@dataclass(frozen=True)
class Entry:
    """The entry of one segment in a file.

    `is_fuzzy` means that the author has not confirmed the text yet.
    """

    line: int
    uuid: UUID
    path: str
    source: str
    text: str
    is_fuzzy: bool


@dataclass(frozen=True)
class ParsedFile:
    """A file that came back.

    `is_intact` says whether it still has exactly the entries that were exported.
    """

    language: str
    made_at: datetime
    entries: list[Entry]
    is_intact: bool


def by_path_and_text(
    segments: Iterable[localize.Segment],
) -> dict[tuple[str, str], localize.Segment]:
    """Return segments by their path and text.

    A text that occurs twice at one path counts once.
    """
    found: dict[tuple[str, str], localize.Segment] = {}
    for segment in segments:
        found.setdefault((segment.path, normalise(segment.source_text)), segment)
    return found


def make_file(
    translations: Iterable[ExportedTranslation], language: str, made_at: datetime
) -> polib.POFile:
    """Return a `polib.POFile` of `ExportedTranslation`s."""
    file = polib.POFile(wrapwidth=0)
    for translation in translations:
        segments = by_path_and_text(translation.segments).values()
        file += [entry_of(translation, segment) for segment in segments]
    end = _("End of the file. Leave this entry as it is.")
    file.append(polib.POEntry(msgctxt=END, msgid=end, msgstr=end))
    file.metadata = {
        "POT-Creation-Date": made_at.strftime("%Y-%m-%d %H:%M%z"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Desk-Version": VERSION,
        "X-Desk-Made": made_at.isoformat(),
        "X-Desk-Entries": str(len(file)),
        "X-Desk-Digest": digest(file),
    }
    return file


def entry_of(translation: ExportedTranslation, segment: localize.Segment) -> polib.POEntry:
    """Return the entry of a segment.

    It is fuzzy if a person has to confirm its text.
    """
    text = segment.initial_text
    comment = [" ".join(translation.title.split()), translation.address]
    if segment.error:
        comment.append(" ".join(segment.error.split()))
    before = None
    if segment.earlier:
        source = segment.earlier.source
        before = localize.as_typed(source, localize.is_plain(source))
    return polib.POEntry(
        msgctxt=f"{translation.uuid}:{segment.path}",
        msgid=segment.source_text,
        msgstr=text,
        comment="\n".join(comment),
        flags=["fuzzy"] if text and not segment.is_done else [],
        previous_msgid=before,
    )


def digest(entries: Iterable[polib.POEntry]) -> str:
    """Return a checksum of the contexts and source texts of entries.

    It does not depend on their order or their translations.
    """
    keys = sorted(f"{entry.msgctxt}\x04{normalise(entry.msgid)}" for entry in entries)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def read(content: bytes) -> ParsedFile:
    """Return the `ParsedFile` of the bytes of a file; raise `POError`."""
    text = decode(content)
    check_lines(text)
    file = parse(text)
    entries = [entry for entry in file if not entry.obsolete]
    language, made_at, count, total = read_header(file.metadata)
    if len(entries) > MAX_ENTRIES:
        raise POError(line_of(entries[MAX_ENTRIES]), _("The file has too many entries."))
    check_duplicates(entries)
    if len(entries) < count or not entries or entries[-1].msgctxt != END:
        problem = _("The file is cut off: %(found)d of %(count)d entries, or not to their end.")
        line = text.rstrip("\n").count("\n") + 1
        raise POError(line, problem % {"found": len(entries), "count": count})
    return ParsedFile(
        language=language,
        made_at=made_at,
        entries=[read_entry(entry) for entry in entries[:-1]],
        is_intact=len(entries) == count and digest(entries) == total,
    )


def decode(content: bytes) -> str:
    """Return the text of a file, with line feeds as line endings."""
    if len(content) > MAX_BYTES:
        raise POError(1, _("The file is larger than 5 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise POError(line, _("The file is not text in UTF-8.")) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_lines(text: str) -> None:
    """Refuse lines that do not belong in a PO file, and entries that are too long."""
    lines = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if CONTROL.search(line):
            raise POError(number, _("There is a control character."))
        line = line.strip()
        is_comment = line.startswith("#") and not line.startswith(("#~", "#|"))
        if line and not is_comment and not LINE.fullmatch(line):
            raise POError(number, _("This is not how a PO file is written."))
        lines = 0 if NEXT.match(line) else lines + bool(line)
        lines += line.count(r"\n")
        if lines > MAX_LINES:
            raise POError(number, _("The entry is too long."))


def parse(text: str) -> polib.POFile:
    """Return the `polib.POFile` of a text.

    If the text were the path of a file, polib would open that file. So polib gets the path of a
    temporary file.
    """
    with NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".po") as file:
        file.write(text)
        file.flush()
        try:
            return polib.pofile(file.name, encoding="utf-8")
        except OSError as error:
            found = re.search(r"line (\d+)\)", str(error))
            line = int(found.group(1)) if found else 1
            raise POError(line, _("This is not how a PO file is written.")) from None


def read_header(metadata: Mapping[str, str]) -> tuple[str, datetime, int, str]:
    """Return the language, the export time, the number of entries and their checksum."""
    try:
        made_at = datetime.fromisoformat(metadata["X-Desk-Made"])
        count = int(metadata["X-Desk-Entries"])
        known = metadata["X-Desk-Version"] == VERSION and made_at.tzinfo is not None
        language, total = metadata["Language"], metadata["X-Desk-Digest"]
    except (KeyError, ValueError):
        known = False
    if not known:
        raise POError(1, _("The file was not made here, or its header was changed."))
    return language, made_at, count, total


def check_duplicates(entries: Iterable[polib.POEntry]) -> None:
    """Refuse two entries for the same text in the same context."""
    lines: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.msgctxt, normalise(entry.msgid))
        if key in lines:
            problem = _("The entry is the same as the one in line %(line)d.")
            raise POError(line_of(entry), problem % {"line": lines[key]})
        lines[key] = line_of(entry)


def line_of(entry: polib.POEntry) -> int:
    """Return the line of an entry that polib has read from a file."""
    assert entry.linenum is not None
    return entry.linenum


def read_entry(entry: polib.POEntry) -> Entry:
    """Return the `Entry` of a `polib.POEntry`."""
    if entry.msgid_plural or entry.msgstr_plural:
        raise POError(line_of(entry), _("There are no plurals here."))
    if CONTROL.search(entry.msgstr):
        raise POError(line_of(entry), _("There is a control character."))
    name, _colon, path = (entry.msgctxt or "").partition(":")
    try:
        uuid = UUID(name)
    except ValueError:
        raise POError(line_of(entry), _("The entry belongs to no article.")) from None
    return Entry(
        line=line_of(entry),
        uuid=uuid,
        path=path,
        source=entry.msgid,
        text=entry.msgstr,
        is_fuzzy=entry.fuzzy,
    )
