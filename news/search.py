"""The public search: articles and plain pages of one language, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.safestring import SafeString
from wagtail.models import Page, get_page_models

from cms.addresses.routing import specific_page, specific_relations
from cms.models import BodyPage
from cms.restrictions import without_restricted
from cms.search.excerpt import excerpt, highlight
from cms.text.folding import fold

RESULTS_PER_PAGE = 10


@dataclass(frozen=True)
class SearchResult:
    """A found page, with its title and an excerpt as HTML. Both mark the found words."""

    page: Page
    title: SafeString
    excerpt: SafeString


def search_pages(query: str, language: str) -> QuerySet[Page]:
    """Return the public pages of `language` that contain every word of `query`.

    The rows are plain `Page` objects. Articles come before plain pages, and newer articles before
    older ones.
    """
    if not fold(query):
        return Page.objects.none()
    matches = Page.objects.search(query, operator="and", order_by_relevance=False)
    models = [model for model in get_page_models() if issubclass(model, BodyPage)]
    pages = Page.objects.live().type(*models).filter(locale__language_code=language)
    pages = without_restricted(pages.filter(pk__in=matches.get_queryset().values("pk")))
    return pages.order_by(F("articlepage__published_at").desc(nulls_last=True), "-pk")


def search_results(pages: Sequence[Page], query: str) -> list[SearchResult]:
    """Return a `SearchResult` for each of `pages`, in order; one query fetches all texts."""
    rows = Page.objects.filter(pk__in=[page.pk for page in pages])
    rows = rows.select_related(*specific_relations()).defer(
        *(f"{accessor}__body" for accessor in body_page_accessors())
    )
    found = {row.pk: specific_page(row) for row in rows}
    return [
        SearchResult(
            page=found[page.pk],
            title=highlight(page.title, query),
            excerpt=excerpt(found[page.pk].search_texts(), query),
        )
        for page in pages
        if page.pk in found
    ]


def body_page_accessors() -> list[str]:
    """Return the accessors from `specific_relations` whose rows have a body."""
    return [
        model._meta.parents[Page].remote_field.get_accessor_name()
        for model in get_page_models()
        if issubclass(model, BodyPage)
    ]
