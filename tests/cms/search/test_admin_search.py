"""Search in the admin with any spelling."""

import json

import pytest
from django.urls import reverse

from tests.factories import ArticleFactory, DocumentFactory, PictureFactory, TopicFactory

QUERIES = ["thi dua", "thi đua", "THI ĐUA", "thi du"]


def html_of(response):
    """Return the HTML of a response. The step of a chooser comes as JSON."""
    if response["Content-Type"].startswith("application/json"):
        return response.json()["html"]
    return response.content.decode()


@pytest.mark.parametrize("query", [*QUERIES, "khen thuong", "62/2020/ND-CP"])
@pytest.mark.parametrize("view", ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search"])
def test_pages_are_found_by_title_and_text(administrator_client, section, query, view):
    body = [
        {"type": "paragraph", "value": "<p>Khen thưởng</p>"},
        {"type": "document", "value": {"number": "62/2020/NĐ-CP"}},
    ]
    ArticleFactory(parent=section, title="Khối thi đua", body=json.dumps(body), live=False)
    response = administrator_client.get(reverse(view), {"q": query})
    assert "Khối thi đua" in response.content.decode()


@pytest.mark.parametrize(
    "query", ['"thi đua"', '"THI DUA"', 'khoi "thi đua"', "'thi đua'", "live:yes thi đua"]
)
def test_quoted_words_are_found(administrator_client, section, query):
    ArticleFactory(parent=section, title="Khối thi đua")
    response = administrator_client.get(reverse("wagtailadmin_pages:search"), {"q": query})
    assert "Khối thi đua" in response.content.decode()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    ("factory", "view"),
    [(PictureFactory, "wagtailimages:index"), (DocumentFactory, "wagtaildocs:index")],
)
def test_the_library_is_searched_by_tag(administrator_client, query, factory, view):
    tagged = factory(title="Hội nghị")
    tagged.tags.add("Thi đua")
    tagged.save()
    assert "Hội nghị" in administrator_client.get(reverse(view), {"q": query}).content.decode()


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("view", ["wagtailimages:index", "wagtailimages_chooser:choose"])
def test_pictures_are_found(administrator_client, query, view):
    PictureFactory(title="Hội nghị thi đua")
    PictureFactory(title="Ảnh khác")
    content = html_of(administrator_client.get(reverse(view), {"q": query}))
    assert "Hội nghị thi đua" in content
    assert "Ảnh khác" not in content


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("view", ["wagtaildocs:index", "wagtaildocs_chooser:choose"])
def test_documents_are_found(administrator_client, query, view):
    DocumentFactory(title="Kế hoạch thi đua")
    DocumentFactory(title="Văn bản khác")
    content = html_of(administrator_client.get(reverse(view), {"q": query}))
    assert "Kế hoạch thi đua" in content
    assert "Văn bản khác" not in content


@pytest.mark.parametrize("query", QUERIES)
def test_topics_are_found(administrator_client, query):
    TopicFactory(name="Thi đua yêu nước")
    TopicFactory(name="Lưu trữ")
    address = reverse("wagtailsnippets_news_topic:list")
    content = administrator_client.get(address, {"q": query}).content.decode()
    assert "Thi đua yêu nước" in content
    assert "Lưu trữ" not in content


ODD = [
    "'",
    '"',
    "*",
    "(",
    "NEAR(",
    "%00",
    "x " * 400,
    "🌾",
    "\x00",
    "-",
    '"?"',
    '? "x"',
    '"\'"',
    '\\ "x"',
    "live:yes",
    "/".join("abcdefghijklmnopqrstuvwxyz" * 2),
    "\ufdfa" * 100,
]
VIEWS = [
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose",
    "wagtailsnippets_news_topic:list",
    "wagtailsnippetchoosers_news_topic:choose",
]


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("view", VIEWS)
def test_no_query_fails(administrator_client, section, query, view):
    assert administrator_client.get(reverse(view), {"q": query}).status_code == 200


@pytest.mark.parametrize("query", ODD)
def test_no_query_fails_in_the_explorer(administrator_client, section, query):
    address = reverse("wagtailadmin_explore", args=[section.pk])
    assert administrator_client.get(address, {"q": query}).status_code == 200


@pytest.mark.parametrize("view", ["wagtailadmin_pages:search", "wagtailimages:index"])
def test_nobody_searches_without_signing_in(client, db, view):
    assert client.get(reverse(view), {"q": "thi"}).status_code == 302
