"""Tests of a section: the articles that it lists, and their order."""

import pytest
from wagtail.models import PageViewRestriction

from news.models import ArticlePage
from tests.article_copies import multiply
from tests.factories import (
    MORNING,
    ArticleFactory,
    PictureFactory,
    SectionFactory,
    image_block,
    publish_article,
)
from tests.rendered_pages import links, read, text_of


def titles(client, address):
    """Return the titles that a page of a section lists."""
    return links(read(client, address), ".card-title a")


def test_the_newest_article_stands_first(client, section):
    for age in (3, 1, 2):
        publish_article(section, f"Tin {age}", days=age)
    assert titles(client, section.url) == ["Tin 1", "Tin 2", "Tin 3"]


def test_of_two_articles_of_one_minute_the_later_made_stands_first(client, section):
    for number in (1, 2, 3):
        publish_article(section, f"Tin {number}", days=0)
    assert titles(client, section.url) == ["Tin 3", "Tin 2", "Tin 1"]


def test_twelve_articles_make_a_page_and_none_is_lost_or_repeated(client, section):
    multiply(publish_article(section, "Tin", days=0), 29)
    pages = [titles(client, f"{section.url}?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [12, 12, 6]
    newest_first = ArticlePage.objects.newest_first().values_list("title", flat=True)
    assert [title for page in pages for title in page] == list(newest_first)


def test_drafts_private_articles_and_other_sections_are_left_out(client, home, section):
    publish_article(section, "Tin", days=0)
    ArticleFactory(parent=section, title="Bản nháp", live=False)
    private = publish_article(section, "Tin nội bộ", days=0)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    publish_article(SectionFactory(parent=home), "Tin chuyên mục khác", days=0)
    assert titles(client, section.url) == ["Tin"]


def test_a_section_says_what_it_is_about(client, home):
    section = SectionFactory(parent=home, title="Thi đua", introduction="Các phong trào.")
    page = read(client, section.url)
    assert text_of(page.h1) == "Thi đua"
    assert text_of(page.select_one(".section-header p")) == "Các phong trào."


def test_a_section_without_articles_says_so(client, section, english_section):
    assert text_of(read(client, section.url).select_one(".cards")) == "Chưa có bài viết."
    assert text_of(read(client, english_section.url).select_one(".cards")) == "No articles yet."


def test_an_article_is_listed_with_day_lead_and_picture(client, section):
    article = ArticleFactory(
        parent=section,
        title="Tin",
        introduction="Sapô của tin.",
        published_at=MORNING,
        body=[image_block(PictureFactory(title="anh"), alt_text="Mô tả")],
    )
    card = read(client, section.url).select_one(".card")
    assert card.select_one(".card-title a")["href"] == article.url
    assert text_of(card.select_one(".card-date")) == "01 - 06 - 2020"
    assert text_of(card.select_one(".card-introduction")) == "Sapô của tin."
    assert card.select_one("picture img")["alt"] == ""


def test_an_article_with_only_a_title_is_listed_without_empty_rows(client, section):
    ArticleFactory(parent=section, title="Tin")
    card = read(client, section.url).select_one(".card")
    assert card.select_one("picture") is None
    assert all(text_of(row) for row in card.select("p, a"))


def test_long_titles_are_cut_at_a_word(client, section):
    article = publish_article(section, "Khối thi đua " + "các huyện, " * 20 + "năm 2020", days=0)
    [title] = titles(client, section.url)
    assert len(title) <= 100
    assert title.endswith("…")
    assert article.title.startswith((f"{title[:-1]} ", f"{title[:-1]},"))


def test_the_second_page_is_an_address_of_its_own(client, section):
    multiply(publish_article(section, "Tin", days=0), 12)
    first, second = read(client, section.url), read(client, f"{section.url}?page=2")
    assert first.find("link", rel="canonical")["href"] == "http://testserver/tin-tuc/"
    assert second.find("link", rel="canonical")["href"] == "http://testserver/tin-tuc/?page=2"
    assert first.title.text != second.title.text
    assert "trang 2" in second.title.text


def test_a_second_page_claims_no_translation(client, section):
    """The English section has its own pages, with other articles on them."""
    multiply(publish_article(section, "Tin", days=0), 12)
    assert read(client, section.url).select("link[hreflang]")
    assert read(client, f"{section.url}?page=2").select("link[hreflang]") == []


@pytest.mark.parametrize("kind", ["home", "section", "article"])
def test_the_title_that_editors_wrote_for_search_engines_is_used(client, home, section, kind):
    page = {"home": home, "section": section, "article": publish_article(section, "Tin", days=0)}[
        kind
    ]
    page.seo_title = "Dành cho máy tìm kiếm"
    page.save()
    assert read(client, page.url).title.text.startswith("Dành cho máy tìm kiếm")
