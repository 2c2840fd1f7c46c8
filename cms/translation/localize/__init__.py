"""What leans on the inside of wagtail-localize, so that an upgrade has one place to break.

tests/cms/translation/test_localize.py fails when it does. import-linter keeps all others out but
the few that pyproject.toml names: blocks and models that say what is translated, the guard of its
addresses, the signals.

Its models keep a text of the source as a `String`, its place as a `TranslationContext` (a path of
field and block ids), both together as a `StringSegment`; a `StringTranslation` belongs to a string
at a place. When the source changes, the segment gets another string, and what was translated before
stays behind without a segment.
"""

from cms.translation.localize.engines import ask, engine
from cms.translation.localize.fragments import as_stored, as_typed, is_plain, problem
from cms.translation.localize.objects import (
    any_translation,
    enabled_translations,
    hold,
    is_complete,
    is_translation,
    keep_restrictions,
    original_language,
    original_of,
    page_translation,
    refresh,
    set_enabled,
    source_of,
    start,
    target_of,
    translation_of,
    translations,
)
from cms.translation.localize.overrides import Replaceable, replaceables, save_replacement
from cms.translation.localize.pages import (
    Text,
    parts_of,
    renamed_links,
    source_as_taken,
    translated_page,
)
from cms.translation.localize.reading import (
    Earlier,
    Segment,
    newest_work,
    segments,
    source_texts,
    translated_elsewhere,
)
from cms.translation.localize.writing import check_length, keep_error, save_earlier, save_string

__all__ = [
    "Earlier",
    "Replaceable",
    "Segment",
    "Text",
    "any_translation",
    "as_stored",
    "as_typed",
    "ask",
    "check_length",
    "enabled_translations",
    "engine",
    "keep_restrictions",
    "hold",
    "is_complete",
    "is_plain",
    "is_translation",
    "keep_error",
    "newest_work",
    "original_language",
    "original_of",
    "page_translation",
    "parts_of",
    "problem",
    "refresh",
    "renamed_links",
    "replaceables",
    "save_earlier",
    "save_replacement",
    "save_string",
    "segments",
    "set_enabled",
    "source_as_taken",
    "source_of",
    "source_texts",
    "start",
    "target_of",
    "translated_elsewhere",
    "translated_page",
    "translation_of",
    "translations",
]
