"""Tests of plain pages, such as "about us" and "contact"."""

import pytest

from home.models import HomePage, PlainPage
from news.models import ArticlePage, NewsIndexPage
from tests.factories import (
    PictureFactory,
    PlainPageFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import links, read, text_of


@pytest.fixture
def about_page(home):
    """A plain page with a value in every field."""
    return PlainPageFactory(
        parent=home,
        title="Giới thiệu",
        introduction="Chúng tôi là ai.",
        body=[
            {"type": "heading", "value": "Nhiệm vụ"},
            {"type": "paragraph", "value": "<p>Phục vụ <b>nhân dân</b>.</p>"},
            image_block(PictureFactory(title="anh"), alt_text="Trụ sở", caption="Trụ sở mới"),
        ],
    )


def test_a_plain_page_shows_its_rows(client, about_page):
    page = read(client, "/gioi-thieu/")
    assert text_of(page.h1) == "Giới thiệu"
    assert text_of(page.select_one(".lead")) == "Chúng tôi là ai."
    assert text_of(page.select_one(".body h2")) == "Nhiệm vụ"
    assert str(page.select_one(".body b")) == "<b>nhân dân</b>"
    assert page.select_one(".body img")["alt"] == "Trụ sở"
    assert text_of(page.select_one(".body figcaption")) == "Trụ sở mới"
    assert page.select_one("#display [name=text]")


def test_a_plain_page_is_no_news(client, about_page):
    page = read(client, about_page.url)
    assert page.select(".posted, .latest, .source") == []


def test_a_plain_page_with_only_a_title_has_no_empty_rows(client, home):
    page = read(client, PlainPageFactory(parent=home, title="Liên hệ").url)
    assert text_of(page.h1) == "Liên hệ"
    assert page.select(".lead") == []
    assert text_of(page.select_one(".body")) == ""


def test_a_page_below_another_shows_the_way_back(client, about_page):
    below = PlainPageFactory(parent=about_page, title="Lịch sử")
    page = read(client, "/gioi-thieu/lich-su/")
    assert text_of(page.h1) == below.title
    assert links(page, ".breadcrumbs a") == ["Trang chủ", "Giới thiệu"]
    assert [link["href"] for link in page.select(".breadcrumbs a")] == ["/", "/gioi-thieu/"]


def test_a_plain_page_is_translated(client, about_page):
    page = read(
        client, publish_english_translation(about_page, "About us", introduction="Who we are.").url
    )
    assert page.html["lang"] == "en"
    assert text_of(page.h1) == "About us"
    assert links(page, ".breadcrumbs a") == ["Home"]


def test_a_draft_is_not_found(client, home):
    draft = PlainPageFactory(parent=home, live=False)
    assert client.get(draft.url).status_code == 404


def test_plain_pages_stand_below_a_home_page_or_each_other():
    assert set(PlainPage.allowed_parent_page_models()) == {HomePage, PlainPage}


def test_a_plain_page_holds_plain_pages_alone(about_page):
    assert PlainPage.allowed_subpage_models() == [PlainPage]
    assert not ArticlePage.can_create_at(about_page)
    assert not NewsIndexPage.can_create_at(about_page)
