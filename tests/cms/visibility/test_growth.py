"""Tests that visibility checks scale with the archive, measured in steps of the database."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms import visibility
from cms.visibility import choosers, reports
from news.models import NewsIndexPage
from tests.article_copies import multiply
from tests.cms.visibility.conftest import text_of_response
from tests.factories import ArticleFactory
from tests.news.test_growth import work
from tests.privacy import restrict
from tests.shared_fixtures import shared_fixture

ARTICLES = 600

# The value of `MAX_PAGES_CHECKED` in these tests.
ASKED = 30

# The maximum number of steps per article that one private page may add. Looking up the restrictions
# of every article takes more steps.
STEPS_AN_ARTICLE = 200 if connection.vendor == "sqlite" else 10


@pytest.fixture
def few_asked(monkeypatch):
    """Lower `MAX_PAGES_CHECKED`, so that a section with few pages counts as large."""
    for module in (visibility, choosers, reports):
        monkeypatch.setattr(module, "MAX_PAGES_CHECKED", ASKED)


@shared_fixture
def large_section():
    """A large Vietnamese section in which only the newest article is private."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    article = ArticleFactory(parent=section, title="Khai giảng")
    multiply(article, ARTICLES - 1)
    private = ArticleFactory(parent=section, title="Khai trừ")
    private.save_revision()
    restrict(private, "password")
    call_command("update_index", verbosity=0)
    return Page.objects.get(pk=section.pk)


@pytest.fixture
def archive(large_section, few_asked):
    """The large section, counted as such."""
    return large_section


@pytest.mark.parametrize("role", ["translator", "editor"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/choose-page/{}/",
        "/admin/choose-page/{}/?p=20",
        "/admin/choose-page/search/?q=khai",
        "/admin/reports/page-types-usage/",
    ],
)
def test_no_list_follows_every_page_to_what_bears_on_it(archive, client_of, role, address):
    client, address = client_of(role), address.format(archive.pk)
    with_private = work(client, address)
    PageViewRestriction.objects.all().delete()
    assert with_private - work(client, address) <= STEPS_AN_ARTICLE * ARTICLES


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_a_large_section_shows_each_page_but_the_hidden_one(archive, client_of, role):
    client = client_of(role)
    pages = [
        text_of_response(client.get(f"/admin/choose-page/{archive.pk}/", {"p": number}))
        for number in range(1, 26)
    ]
    assert any("Khai trừ" in page for page in pages) == (role == "editor")
    assert all(page.count("Khai giảng") >= 25 for page in pages[1:-1])


def test_of_many_that_are_found_no_hidden_one_is_shown_nor_counted(archive, client_of):
    address = "/admin/choose-page/search/"
    assert "Khai giảng" in text_of_response(client_of("translator").get(address, {"q": "khai"}))
    for role, number in [("translator", 0), ("editor", 1)]:
        response = client_of(role).get(address, {"q": "khai tru"})
        assert response.context_data["pages"].paginator.count == number


def test_what_is_found_below_a_right_is_not_cut_off(archive, client_of):
    response = client_of("editor").get("/admin/choose-page/search/", {"q": "khai"})
    assert response.context_data["pages"].paginator.count == ARTICLES + 1


def test_the_search_asks_about_pages_of_the_type_that_is_chosen(archive, client_of):
    Page.objects.filter(pk=archive.pk).update(title="Khai mạc", draft_title="Khai mạc")
    call_command("update_index", verbosity=0)
    query = {"q": "khai", "page_type": "news.newsindexpage"}
    response = client_of("translator").get("/admin/choose-page/search/", query)
    assert [page.pk for page in response.context_data["pages"]] == [archive.pk]


@pytest.mark.parametrize(
    "address",
    ["/admin/choose-page/{}/", "/admin/choose-page/search/?q=khai", "/admin/pages/search/?q=khai"],
)
def test_a_list_asks_once_which_of_its_pages_are_private(archive, client_of, address):
    client, address = client_of("editor"), address.format(archive.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    asked = [query for query in queries.captured_queries if "RECURSIVE" in query["sql"]]
    assert len(asked) <= 4
