"""The search of the database, whose queries are folded as the text in its index is."""

from modelsearch.backends import database
from wagtail.search.query import PlainText

from cms.text import fold


class FoldingMixin:
    """Folds what is searched for, wherever it is typed: by readers, and all over the admin."""

    def search(self, query, *args, **kwargs):
        """Search for whole words."""
        return super().search(folded(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        """Search for words, the last of which may not be complete."""
        return super().autocomplete(folded(query), *args, **kwargs)


def folded(query):
    """Return a text or a plain query folded, any other query as it is.

    What holds neither letter nor figure is the empty text, which finds nothing.
    """
    if isinstance(query, PlainText):
        text = fold(query.query_string)
        return text and PlainText(text, operator=query.operator, boost=query.boost)
    return fold(query) if isinstance(query, str) else query


def SearchBackend(params):  # noqa: N802 - the name that Wagtail looks for
    """Return the search backend of the database in use, with folding."""
    kind = type(database.SearchBackend(params))
    return type(f"Folding{kind.__name__}", (FoldingMixin, kind), {})(params)
