"""The data that the desk adds to wagtail-localize: progress of pages, and official names."""

from cms.translation.models.glossary_term import GlossaryTerm
from cms.translation.models.page_translation import (
    MIN_URGENCY,
    WAITING,
    PageTranslation,
    PageTranslationQuerySet,
    State,
    with_changed_at,
)
from cms.translation.models.translated_revision import TranslatedRevision

__all__ = [
    "MIN_URGENCY",
    "WAITING",
    "GlossaryTerm",
    "PageTranslation",
    "PageTranslationQuerySet",
    "State",
    "TranslatedRevision",
    "with_changed_at",
]
