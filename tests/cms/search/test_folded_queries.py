"""The folding of queries, whatever their kind: what they ask for stays the same."""

import pytest
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Boost, Not, Or, Phrase, PlainText

from cms.search.backend import MAX_TERMS, fold_query
from news.models import ArticlePage
from tests.factories import ArticleFactory


@pytest.mark.parametrize(
    ("query", "folded"),
    [
        (PlainText("Thi Đua", operator="or"), PlainText("thi dua", operator="or")),
        (PlainText("Thi Đua", boost=3), PlainText("thi dua", boost=3)),
        (Phrase("Thi Đua"), Phrase("thi dua")),
        (Boost(PlainText("Đua"), 2), Boost(PlainText("dua"), 2)),
        (Not(PlainText("Đua")), Not(PlainText("dua"))),
        (
            And([PlainText("Đua"), Or([PlainText("Ế"), Phrase("Ô")])]),
            And([PlainText("dua"), Or([PlainText("e"), Phrase("o")])]),
        ),
        (Or([PlainText("🌾"), PlainText("Đua")]), PlainText("dua")),
        (Boost(PlainText("🌾"), 2), None),
        (Not(Phrase("?")), None),
    ],
)
def test_a_query_of_any_kind_keeps_all_that_it_asks_for(query, folded):
    assert repr(fold_query(query)) == repr(folded)


def test_a_query_that_grows_when_it_is_folded_is_cut():
    assert len(fold_query("a/" * 200).split()) == MAX_TERMS


@pytest.mark.parametrize(("operator", "is_found"), [("or", True), ("and", False)])
def test_a_query_finds_one_word_or_all_as_it_says(section, operator, is_found):
    article = ArticleFactory(parent=section, title="Thi đua")
    query = PlainText("đua vắng", operator=operator)
    found = get_search_backend().search(query, ArticlePage)
    assert list(found) == ([article] if is_found else [])
