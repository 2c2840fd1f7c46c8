"""The import of a PO file.

A file is imported completely, or it is refused and nothing is saved. The error message names the
line.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page

from cms.text.spelling import normalise
from cms.translation import drafts, localize, po_format, saving
from cms.translation.po_format import POError, at_line
from cms.translation.rights import may_translate
from cms.translation.suggestions import load_glossary, missing_term_warnings, terms_of
from cms.visibility import visible_to

# The tool name for a new text that its author marked as fuzzy: nobody has confirmed it yet.
FUZZY_TOOL_NAME = "PO"

UNKNOWN_MESSAGE = gettext_lazy("The article is unknown, or its translation was stopped.")

TAG = re.compile(r"<(?:[!?]|/?[a-z])[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """A text of a file that is not yet the translation of its segment."""

    entry: po_format.Entry
    segment: localize.Segment
    html: str


@dataclass(frozen=True)
class ImportResult:
    """The numbers of imported segments and articles.

    `warnings` say which official names the segments lack, each with its line.
    """

    segments: int
    articles: int
    warnings: list[str]


def import_file(content: bytes, user: User) -> ImportResult:
    """Save the contents of a PO file in the name of `user`, and return the `ImportResult`.

    Raises `POError`. The file is read before the transaction, because the transaction prevents
    other users from writing.
    """
    return save_parsed_file(po_format.read(content), user)


@transaction.atomic
def save_parsed_file(file: po_format.ParsedFile, user: User) -> ImportResult:
    """Save the contents of a parsed file completely, or nothing."""
    by_uuid: defaultdict[UUID, list[po_format.Entry]] = defaultdict(list)
    for entry in file.entries:
        by_uuid[entry.uuid].append(entry)
    translations = localize.translations_by_uuid(by_uuid)
    hidden = hidden_from(user, translations.values())
    for translation in sorted(translations.values(), key=attrgetter("pk")):
        localize.lock(translation)
    found = []
    for uuid, entries in by_uuid.items():
        translation = translations.get(uuid)
        if translation in hidden:
            raise POError(entries[0].line, UNKNOWN_MESSAGE)
        check_article(translation, entries[0].line, file.language, user)
        found.append((translation, changes(translation, entries, file.made_at, user)))
    if not file.is_intact:
        raise POError(1, _("The file does not have the entries that it was made with."))
    changed = [(translation, news) for translation, news in found if news]
    for translation, news in changed:
        save(translation, news, user)
    taken = [change for _translation, news in changed for change in news]
    return ImportResult(len(taken), len(changed), warnings(taken, file.language))


def warnings(taken: Sequence[Change], language: str) -> list[str]:
    """Return warnings about official names that the `Change`s lack, as the desk shows them."""
    if not taken:
        return []
    names = load_glossary(Locale.objects.get(language_code=language))
    return [
        at_line(change.entry.line, warning)
        for change in taken
        for warning in missing_term_warnings(terms_of(change.segment, names), change.html)
    ]


def hidden_from(
    user: User, translations: Collection[localize.Translation]
) -> list[localize.Translation]:
    """Return those of `translations` whose original `user` may not see."""
    keys = [each.source.object_id for each in translations]
    known = visible_to(user, Page.objects.filter(translation_key__in=keys))
    originals = set(known.values_list("translation_key", "locale"))
    return [
        each
        for each in translations
        if (each.source.object_id, each.source.locale_id) not in originals
    ]


def check_article(
    translation: localize.Translation | None, line: int, language: str, user: User
) -> None:
    """Refuse an article that `user` cannot translate now.

    It may be unknown or in another language, or `user` may have no permission to change it.
    """
    try:
        page = translation and localize.target_of(translation)
    except ObjectDoesNotExist:
        page = None
    if translation is None or not isinstance(page, Page):
        raise POError(line, UNKNOWN_MESSAGE)
    if translation.target_locale.language_code != language:
        raise POError(line, _("The article is translated into another language than the file's."))
    if not may_translate(user, page):
        problem = _("You may not translate “%(title)s” now: it is locked, in review or not yours.")
        raise POError(line, problem % {"title": page.title})


def changes(
    translation: localize.Translation,
    entries: Iterable[po_format.Entry],
    made_at: datetime,
    user: User,
) -> list[Change]:
    """Return the `Change`s that the entries of one translation make."""
    known = po_format.by_path_and_text(localize.segments(translation))
    found = []
    for entry in entries:
        segment = known.get((entry.path, normalise(entry.source)))
        if segment is None:
            problem = _("The original has changed here since the file was made. Take a new one.")
            raise POError(entry.line, problem)
        text = normalise(entry.text).strip()
        if not text or is_old(text, entry, segment):
            continue
        if len(text) > saving.MAX_CHARACTERS:
            raise POError(entry.line, saving.too_long(text))
        others = segment.translator is not None and segment.translator != user
        if others and segment.updated_at and segment.updated_at > made_at:
            problem = _("Somebody else translated this after the file was made. Take a new one.")
            raise POError(entry.line, problem)
        change = Change(entry, segment, localize.as_stored(text, segment.is_plain))
        check(translation, change, text)
        found.append(change)
    return found


def is_old(text: str, entry: po_format.Entry, segment: localize.Segment) -> bool:
    """Return whether an entry changes nothing.

    A fuzzy entry does not replace a text that somebody confirmed. An unconfirmed text is confirmed
    if its entry is no longer fuzzy.
    """
    if segment.is_done and entry.is_fuzzy:
        return True
    is_same = text == normalise(segment.initial_text).strip()
    return is_same and (segment.is_done or entry.is_fuzzy)


def check(translation: localize.Translation, change: Change, text: str) -> None:
    """Refuse HTML that does not match its original, and a text that is longer than its field."""
    segment = change.segment
    problem = localize.problem(segment.source, change.html)
    if segment.is_plain and TAG.search(text) and not TAG.search(segment.source_text):
        problem = _("The original has no tags here.")
    if problem:
        raise POError(change.entry.line, problem)
    try:
        localize.check_length(translation, segment, change.html)
    except ValidationError as error:
        raise POError(change.entry.line, error.messages[0]) from None


def save(translation: localize.Translation, news: Sequence[Change], user: User) -> None:
    """Store the `Change`s of one translation, and save its page as a draft."""
    for change in news:
        tool = FUZZY_TOOL_NAME if change.entry.is_fuzzy else ""
        localize.save_string(translation, change.segment, change.html, user, tool=tool)
    try:
        drafts.save_draft(translation, user)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        lines = [c.entry.line for c in news if c.segment.path.partition(".")[0] == field]
        raise POError((lines or [news[0].entry.line])[0], messages[0]) from None
