"""Tests of the sitemap for search engines, and of the URLs that robots.txt closes to them."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import Page, PageViewRestriction

from news.sitemaps import PageSitemap
from tests.article_copies import multiply
from tests.factories import (
    ArticleFactory,
    PlainPageFactory,
    TopicFactory,
    publish_english_translation,
)

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DAY = timedelta(days=1)
LINK = "{http://www.w3.org/1999/xhtml}link"


def parsed(client, address):
    """Fetch a sitemap and return its root element."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own sitemap


def entries(client, address="/sitemap-pages.xml"):
    """Return the URLs of a sitemap, each with its alternates by language."""
    return {
        entry.findtext(f"{MAP}loc"): {
            link.get("hreflang"): link.get("href") for link in entry.iter(LINK)
        }
        for entry in parsed(client, address).iter(f"{MAP}url")
    }


def test_the_index_names_the_maps(client, section):
    TopicFactory(name="Số hóa")
    addresses = [loc.text for loc in parsed(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert addresses == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-topics.xml",
    ]


def test_every_public_page_is_there_with_its_languages(client, section, english_section):
    article = ArticleFactory(parent=section, title="Tin")
    publish_english_translation(article, "Story")
    ArticleFactory(parent=section, title="Chỉ tiếng Việt")
    found = entries(client)
    both = {
        "vi": "http://testserver/tin-tuc/tin/",
        "en": "http://testserver/en/news/story/",
    }
    assert found[both["vi"]] == found[both["en"]] == both
    assert found["http://testserver/tin-tuc/chi-tieng-viet/"] == {}
    assert {"http://testserver/", "http://testserver/en/"} <= found.keys()


def test_what_readers_may_not_see_is_not_there(client, home, section):
    ArticleFactory(parent=section, title="Nháp", live=False)
    private = PlainPageFactory(parent=home, title="Riêng")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert not [address for address in entries(client) if "nhap" in address or "rieng" in address]


def test_the_map_is_as_new_as_the_newest_page_that_it_names(client, home):
    newest = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    Page.objects.update(last_published_at=newest)
    private = PlainPageFactory(parent=home, title="Riêng", last_published_at=newest + DAY)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert client.get("/sitemap-pages.xml")["Last-Modified"] == "Mon, 04 May 2026 03:02:01 GMT"


def test_a_page_of_no_site_is_not_there(client, home):
    Page.get_first_root_node().add_child(instance=Page(title="Lạc", slug="lac"))
    assert entries(client).keys() == {
        page.full_url for page in Page.objects.filter(depth__gt=1).exclude(slug="lac")
    }


def test_topics_are_there(client, english):
    topic = TopicFactory(name="Số hóa")
    TopicFactory(name="Digital", locale=english, translation_key=topic.translation_key)
    TopicFactory(name="Nháp", live=False)
    found = entries(client, "/sitemap-topics.xml")
    assert len(found) == 2
    assert found["http://testserver/en/topics/digital/"].keys() == {"vi", "en"}


@pytest.mark.parametrize("size", [10, 900])
def test_a_map_takes_three_queries_however_long_it_is(
    client, section, size, django_assert_num_queries
):
    """The queries fetch the number of pages, the pages and their translations."""
    multiply(ArticleFactory(parent=section, title="Tin"), size)
    entries(client)
    with django_assert_num_queries(3):
        assert len(entries(client)) > size


def test_a_long_map_is_cut_into_pages(client, section, monkeypatch):
    monkeypatch.setattr(PageSitemap, "limit", 5)
    multiply(ArticleFactory(parent=section, title="Tin"), 10)
    addresses = [loc.text for loc in parsed(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert addresses[1] == "http://testserver/sitemap-pages.xml?p=2"
    assert len(entries(client, "/sitemap-pages.xml?p=2")) == 5


@pytest.mark.parametrize("address", ["/sitemap-x.xml", "/sitemap-pages.xml?p=99"])
def test_a_map_that_is_not_there_is_not_found(client, section, address):
    assert client.get(address).status_code == 404


def test_robots_are_told_what_to_leave_alone(client, section):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in lines
    assert "Disallow: /en/search/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
