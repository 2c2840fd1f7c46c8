"""The suggestions beside a segment: official names and earlier translations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.translation import localize
from cms.translation.glossary import Glossary, Term, contains_phrase
from cms.translation.models import GlossaryTerm

# The maximum number of earlier translations that are suggested for a text.
MAX_MEMORIES = 3


@dataclass(frozen=True)
class Memory:
    """A translation of the same text elsewhere, as a translator types it."""

    text: str
    is_machine: bool


@dataclass(frozen=True)
class Suggestions:
    """The suggestions for one segment."""

    terms: list[Term]
    memory: list[Memory]

    def warnings(self, segment: localize.Segment, text: str) -> list[str]:
        """Return warnings about official names that `text`, as typed, lacks."""
        return missing_term_warnings(self.terms, localize.as_stored(text, segment.is_plain))


def missing_term_warnings(terms: Iterable[Term], html: str) -> list[str]:
    """Return warnings about `terms` that a translation lacks.

    An empty translation gets no warnings.
    """
    written = localize.as_typed(html, is_plain=True)
    return [
        _("“%(term)s” is officially “%(translation)s”.")
        % {"term": term.source, "translation": term.translation}
        for term in terms
        if written.strip() and not contains_phrase(written, term.translation)
    ]


def terms_of(segment: localize.Segment, names: Glossary) -> list[Term]:
    """Return the `Glossary`'s terms that occur in the source of a segment."""
    return names.find_terms(localize.as_typed(segment.source, is_plain=True))


def load_glossary(locale: Locale) -> Glossary:
    """Return the current `Glossary` of a locale. Reading it takes milliseconds."""
    rows = GlossaryTerm.objects.filter(locale=locale).order_by()
    return Glossary(
        (row[0], Term(*row[1:])) for row in rows.values_list("key", "source", "translation", "note")
    )


def suggestions(
    segments: Sequence[localize.Segment], locale: Locale, user: User
) -> dict[int, Suggestions]:
    """Return the `Suggestions` that `user` may read, by the id of the segment."""
    names = load_glossary(locale)
    known = localize.translated_elsewhere({s.string_id for s in segments}, locale, user)
    return {
        segment.id: Suggestions(
            terms=terms_of(segment, names),
            memory=memories(segment, known.get(segment.string_id, ())),
        )
        for segment in segments
    }


def memories(segment: localize.Segment, known: Iterable[tuple[str, bool]]) -> list[Memory]:
    """Return the `Memory`s of a segment, except its current translation."""
    found = [
        Memory(localize.as_typed(html, segment.is_plain), is_machine)
        for html, is_machine in known
        if html != segment.translation
    ]
    return found[:MAX_MEMORIES]
