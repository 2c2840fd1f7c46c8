"""The search backend of the database. It folds queries in the same way as the indexed text."""

from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend, BaseSearchResults
from wagtail.search.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

from cms.text.folding import fold

# The maximum number of words in a folded query. Folding can turn one character into many words, and
# a query with hundreds of words fails.
MAX_TERMS = 50


class FoldingMixin(BaseSearchBackend):
    """Mixin that folds every query, from readers and from the whole admin."""

    def search(self, query: str | SearchQuery, *args: Any, **kwargs: Any) -> BaseSearchResults:
        """Search for whole words."""
        return super().search(fold_query(query) or MATCH_NONE, *args, **kwargs)

    def autocomplete(
        self, query: str | SearchQuery, *args: Any, **kwargs: Any
    ) -> BaseSearchResults:
        """Search for words. The last word may be incomplete."""
        return super().autocomplete(fold_query(query) or MATCH_NONE, *args, **kwargs)


def fold_query(query: str | SearchQuery) -> str | SearchQuery | None:
    """Return a folded copy of a text or of a Wagtail query, with all its parts.

    A text without letters and digits gives an empty text. A query without them gives `None`.
    """
    if isinstance(query, str):
        return " ".join(fold(query).split()[:MAX_TERMS])
    if isinstance(query, PlainText):
        text = fold_query(query.query_string)
        return PlainText(text, operator=query.operator, boost=query.boost) if text else None
    if isinstance(query, Phrase):
        text = fold_query(query.query_string)
        return Phrase(text) if text else None
    if isinstance(query, (And, Or)):
        parts = [part for part in map(fold_query, query.subqueries) if part]
        return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
    if isinstance(query, (Not, Boost)):
        part = fold_query(query.subquery)
        if not part:
            return None
        return Not(part) if isinstance(query, Not) else Boost(part, query.boost)
    return query


# Wagtail calls what has this name as a class.
def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802 - Wagtail's name
    """Return the search backend of the database in use, with folding."""
    kind = type(database.SearchBackend(params))
    return type(f"Folding{kind.__name__}", (FoldingMixin, kind), {})(params)
