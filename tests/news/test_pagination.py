"""Tests of the pages of a section: few links, no count of the archive, no error for any number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.article_copies import multiply
from tests.factories import ArticleFactory
from tests.rendered_pages import links, read, text_of


@pytest.fixture
def archive(section):
    """A section of 1,000 articles on 84 pages."""
    multiply(ArticleFactory(parent=section, title="Tin"), 999)
    return section


def numbers(client, address):
    """Return the page numbers that a page of a section shows."""
    page = read(client, address)
    shown = [text_of(item) for item in page.select(".pagination li")]
    return [int(text) for text in shown if text.isdecimal()]


def test_a_section_of_one_page_has_no_page_links(client, section):
    multiply(ArticleFactory(parent=section), 11)
    assert read(client, section.url).select(".pagination") == []


def test_page_links_stay_few_in_a_large_section(client, archive):
    assert numbers(client, archive.url) == [1, 2, 3]
    assert numbers(client, f"{archive.url}?page=2") == [1, 2, 3, 4]
    assert numbers(client, f"{archive.url}?page=40") == [38, 39, 40, 41, 42]
    assert numbers(client, f"{archive.url}?page=83") == [81, 82, 83, 84]
    assert numbers(client, f"{archive.url}?page=84") == [82, 83, 84]


def test_the_page_shown_is_marked_and_no_link(client, archive):
    page = read(client, f"{archive.url}?page=40")
    [current] = page.select(".pagination [aria-current=page]")
    assert text_of(current) == "40"
    assert current.name == "span"


def test_newer_and_older_lead_on(client, archive):
    page = read(client, f"{archive.url}?page=40")
    assert page.find("a", rel="prev")["href"] == "?page=39"
    assert page.find("a", rel="next")["href"] == "?page=41"
    assert links(page, "a[rel=prev], a[rel=next]") == ["Mới hơn", "Cũ hơn"]


def test_the_ends_lead_no_further(client, archive):
    assert read(client, archive.url).find("a", rel="prev") is None
    assert read(client, f"{archive.url}?page=84").find("a", rel="next") is None


def test_every_link_of_a_page_leads_to_a_page(client, archive):
    for number in (1, 2, 40, 83, 84):
        page = read(client, f"{archive.url}?page={number}")
        for link in page.select(".pagination a"):
            read(client, f"{archive.url}{link['href']}")


def test_a_full_last_page_offers_no_empty_one(client, section):
    multiply(ArticleFactory(parent=section), 23)
    page = read(client, f"{section.url}?page=2")
    assert page.find("a", rel="next") is None
    read(client, f"{section.url}?page=3", status=404)


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-1",
        "abc",
        "1.5",
        "1,000",
        "1e3",
        " 1",
        "+1",
        "0x1",
        "１",
        "١",
        "²",
        "",
        "\0",
        "2",
        "501",
        "999999999999",
        "9" * 5000,
        "'",
        "1; DROP TABLE",
    ],
)
def test_a_number_of_no_page_is_not_found(client, section, number):
    assert client.get(section.url, {"page": number}).status_code == 404


@pytest.mark.parametrize("digits", [20, 5000])
def test_leading_zeros_lead_no_further_than_other_numbers(client, section, digits):
    assert client.get(section.url, {"page": "000001" + "0" * digits}).status_code == 404


def test_a_number_of_no_page_is_told_in_the_language_of_the_address(client, english_section):
    page = read(client, f"{english_section.url}?page=abc", status=404)
    assert text_of(page.h1) == "Page not found"


def test_nul_beside_the_number_does_no_harm(client, section):
    assert client.get(f"{section.url}?page=1%00").status_code == 200
    assert client.get(f"{section.url}?x=%00&page=1").status_code == 200


def test_of_two_numbers_one_is_taken(client, section):
    assert client.get(f"{section.url}?page=1&page=1").status_code == 200
    assert client.get(f"{section.url}?page=1&page=abc").status_code == 404


def test_the_first_page_of_an_empty_section_exists(client, section):
    read(client, section.url)
    read(client, f"{section.url}?page=1")
    read(client, f"{section.url}?page=2", status=404)


def test_pages_end_where_reading_them_grows_too_long(client, archive, monkeypatch):
    monkeypatch.setattr("news.pagination.LAST_PAGE", 3)
    page = read(client, f"{archive.url}?page=3")
    assert page.find("a", rel="next") is None
    assert numbers(client, f"{archive.url}?page=2") == [1, 2, 3]
    read(client, f"{archive.url}?page=4", status=404)


def test_nothing_counts_the_archive(client, home, archive):
    article = archive.get_children().first()
    with CaptureQueriesContext(connection) as queries:
        for address in (home.url, archive.url, f"{archive.url}?page=40", article.url):
            read(client, address)
    statements = [query["sql"] for query in queries if "news_articlepage" in query["sql"]]
    assert statements
    for statement in statements:
        assert "COUNT(" not in statement or "LIMIT" in statement, statement
        assert "OVER (" not in statement, statement
