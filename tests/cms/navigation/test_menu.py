"""Tests for the menu: the live pages directly below the home page that editors put into menus."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import (
    ArticleFactory,
    PlainPageFactory,
    SectionFactory,
    publish_english_translation,
)
from tests.rendered_pages import links, read


def menu(client, address="/", status=200):
    """Return the entries of the menu of a page."""
    return links(read(client, address, status), ".main-menu a")


@pytest.fixture
def about(home):
    """A plain page in the menu."""
    return PlainPageFactory(parent=home, title="Giới thiệu", show_in_menus=True)


def test_a_fresh_site_has_its_section_in_the_menu(client, home, english_home):
    assert menu(client) == ["Trang chủ", "Tin tức"]
    assert menu(client, "/en/") == ["Home", "News"]


def test_the_menu_follows_the_tree(client, home, section, about):
    first = SectionFactory(parent=home, title="Thi đua", show_in_menus=True)
    assert menu(client) == ["Trang chủ", "Tin tức", "Giới thiệu", "Thi đua"]
    first.move(section, "left")
    assert menu(client) == ["Trang chủ", "Thi đua", "Tin tức", "Giới thiệu"]


def test_the_menu_leads_to_its_pages(client, about):
    entries = read(client, "/").select(".main-menu a")
    assert [entry["href"] for entry in entries] == ["/", "/tin-tuc/", "/gioi-thieu/"]
    for entry in entries:
        read(client, entry["href"])


def test_a_page_is_in_the_menu_only_where_editors_put_it(client, home):
    PlainPageFactory(parent=home, title="Ngoài trình đơn")
    assert menu(client) == ["Trang chủ", "Tin tức"]


def test_drafts_and_private_pages_are_left_out(client, home, about):
    PlainPageFactory(parent=home, title="Bản nháp", show_in_menus=True, live=False)
    PageViewRestriction.objects.create(page=about, restriction_type="login")
    assert menu(client) == ["Trang chủ", "Tin tức"]


def test_a_page_that_is_withdrawn_leaves_the_menu(client, about):
    assert "Giới thiệu" in menu(client)
    about.unpublish()
    assert "Giới thiệu" not in menu(client)


def test_pages_further_below_are_left_out(client, section, about):
    PlainPageFactory(parent=about, title="Lịch sử", show_in_menus=True)
    ArticleFactory(parent=section, title="Tin", show_in_menus=True)
    assert menu(client) == ["Trang chủ", "Tin tức", "Giới thiệu"]


def test_each_language_has_its_own_menu(client, about):
    publish_english_translation(about, "About us")
    assert menu(client) == ["Trang chủ", "Tin tức", "Giới thiệu"]
    assert menu(client, "/en/") == ["Home", "News", "About us"]


def test_a_draft_translation_is_not_in_the_menu(client, english, about):
    about.copy_for_translation(english)
    assert menu(client, "/en/") == ["Home", "News"]


def test_every_page_has_the_menu(client, section, about):
    article = ArticleFactory(parent=section, title="Tin")
    expected = ["Trang chủ", "Tin tức", "Giới thiệu"]
    for address in ("/", section.url, article.url, about.url):
        assert menu(client, address) == expected
    assert menu(client, "/khong-co/", status=404) == expected
    assert menu(client, "/en/missing/", status=404) == ["Home", "News"]


def test_the_menu_marks_where_the_reader_is(client, section, about):
    article = ArticleFactory(parent=section, title="Tin")

    def marked(address, status=200):
        entries = read(client, address, status).select(".main-menu [aria-current]")
        return [(entry.text, entry["aria-current"]) for entry in entries]

    assert marked("/") == [("Trang chủ", "page")]
    assert marked(section.url) == [("Tin tức", "page")]
    assert marked(article.url) == [("Tin tức", "true")]
    assert marked(about.url) == [("Giới thiệu", "page")]
    assert marked("/khong-co/", 404) == []


def test_titles_in_the_menu_are_text(client, home):
    PlainPageFactory(parent=home, title="<b>Đậm</b> & rõ", slug="dam", show_in_menus=True)
    assert "<b>Đậm</b> & rõ" in menu(client)
