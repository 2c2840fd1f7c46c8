"""The code that depends on the internals of wagtail-localize.

It is in one package, so that an upgrade can break only one place.
tests/cms/translation/test_localize.py fails when it does. import-linter prevents other modules from
importing wagtail_localize, except the few that pyproject.toml names. These are blocks and models
that define what is translated, the guard of its URLs, the signal handlers, and the form of a
locale.

wagtail-localize stores a source text as a `String`. It stores the text's location as a
`TranslationContext`, a path of field and block ids. A `StringSegment` combines both. A
`StringTranslation` belongs to a string at a location. When the source changes, the segment gets
another string. The translation of the old string stays in the database without a segment.
"""

from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import Translation, TranslationSource

from cms.translation.localize.engines import engine, machine_translate
from cms.translation.localize.fragments import Attributes, as_stored, as_typed, is_plain, problem
from cms.translation.localize.objects import (
    any_translation,
    disable_restriction_sync,
    enabled_page_translation,
    enabled_translations,
    is_complete,
    is_translation,
    lock,
    original_language,
    original_of,
    refresh,
    set_enabled,
    source_of,
    start,
    target_of,
    translation_of,
    translations_by_uuid,
)
from cms.translation.localize.overrides import Replaceable, replaceables, save_replacement
from cms.translation.localize.pages import (
    Text,
    build_translated_page,
    parts_of,
    renamed_links,
    stored_source_page,
)
from cms.translation.localize.reading import (
    EarlierVersion,
    Segment,
    last_translated_at,
    segments,
    source_texts,
    translated_elsewhere,
)
from cms.translation.localize.writing import check_length, keep_error, save_earlier, save_string

__all__ = [
    "Attributes",
    "BaseMachineTranslator",
    "EarlierVersion",
    "Replaceable",
    "Segment",
    "Text",
    "Translation",
    "TranslationSource",
    "any_translation",
    "as_stored",
    "as_typed",
    "build_translated_page",
    "check_length",
    "disable_restriction_sync",
    "enabled_page_translation",
    "enabled_translations",
    "engine",
    "is_complete",
    "is_plain",
    "is_translation",
    "keep_error",
    "last_translated_at",
    "lock",
    "machine_translate",
    "original_language",
    "original_of",
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
    "source_of",
    "source_texts",
    "start",
    "stored_source_page",
    "target_of",
    "translated_elsewhere",
    "translation_of",
    "translations_by_uuid",
]
