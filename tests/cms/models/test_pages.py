"""Tests of the base class of all pages: slugs and the normalisation of text."""

import json
import re
import unicodedata

import pytest

from cms.blocks import BodyBlock
from cms.models.slugs import site_slugs
from cms.text.sorting import sort_key
from news.models import ArticlePage
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    PlainPageFactory,
    SectionFactory,
    image_block,
)
from tests.spelling import nfd

# The sort key


def test_a_page_with_a_new_title_is_sorted_by_it(section):
    article = ArticleFactory(parent=section, title="Đua")
    article.title = "Ăn"
    article.save()
    article.refresh_from_db()
    assert article.title_sort_key == sort_key("Ăn")


# Slugs


def test_the_slug_comes_from_the_title(section):
    article = ArticleFactory(parent=section, title="Khối thi đua tỉnh Đắk Lắk")
    assert article.slug == "khoi-thi-dua-tinh-dak-lak"
    assert article.url_path == f"{section.url_path}khoi-thi-dua-tinh-dak-lak/"


def test_a_title_in_nfd_has_the_slug_of_the_same_title_in_nfc(section):
    article = ArticleFactory(parent=section, title=nfd("Thi đua ở Đà Nẵng"))
    assert article.slug == "thi-dua-o-da-nang"


def test_the_same_title_again_is_numbered(section):
    slugs = [ArticleFactory(parent=section, title="Thông báo").slug for _ in range(3)]
    assert slugs == ["thong-bao", "thong-bao-2", "thong-bao-3"]


def test_titles_that_differ_in_marks_alone_are_numbered(section):
    assert ArticleFactory(parent=section, title="Ma").slug == "ma"
    assert ArticleFactory(parent=section, title="Má").slug == "ma-2"


def test_the_same_title_in_another_section_needs_no_number(home, section):
    other = SectionFactory(parent=home)
    assert ArticleFactory(parent=section, title="Thông báo").slug == "thong-bao"
    assert ArticleFactory(parent=other, title="Thông báo").slug == "thong-bao"


def test_a_repeated_title_as_long_as_the_column_is_numbered_within_it(section):
    title = "đ" * 255
    ArticleFactory(parent=section, title=title)
    second = ArticleFactory(parent=section, title=title)
    assert second.slug.endswith("-2")
    assert len(second.slug) <= 255


def test_drafts_are_numbered_too(section):
    ArticleFactory(parent=section, title="Thông báo", live=False)
    assert ArticleFactory(parent=section, title="Thông báo", live=False).slug == "thong-bao-2"


def test_saving_again_keeps_the_slug(section):
    article = ArticleFactory(parent=section, title="Thông báo")
    article.title = "Thông báo mới"
    article.save()
    assert article.slug == "thong-bao"


# The first parts of the URLs of the portal and of Wagtail, the folders that a proxy serves, and the
# language codes.
RESERVED = [
    *("_util", "accessibility", "admin", "chu-de", "documents", "en", "feed", "healthz"),
    *("media", "readyz", "search", "static", "topics", "tro-nang", "vi", "visitors"),
]


def test_the_first_parts_of_all_addresses_of_the_site_are_reserved():
    assert sorted(site_slugs()) == RESERVED


@pytest.mark.parametrize("slug", [slug for slug in RESERVED if slug != "_util"])
def test_a_title_that_is_an_address_of_the_site_is_numbered_below_home(home, slug):
    assert PlainPageFactory(parent=home, title=slug.title()).slug == f"{slug}-2"


def test_an_address_that_is_added_to_the_site_is_reserved_by_that(home, settings):
    settings.ROOT_URLCONF = "tests.cms.models.more_urls"
    for title, slug in [("Sự kiện", "su-kien-2"), ("Tin cũ", "tin-cu-2"), ("Lịch", "lich")]:
        assert PlainPageFactory(parent=home, title=title).slug == slug


def test_addresses_below_the_code_of_a_language_are_reserved_too(home, settings):
    settings.ROOT_URLCONF = "tests.cms.models.more_urls"
    assert PlainPageFactory(parent=home, title="Surveys").slug == "surveys-2"
    assert PlainPageFactory(parent=home, title="Khảo sát").slug == "khao-sat"


def test_reserved_addresses_are_free_further_down(section):
    assert ArticleFactory(parent=section, title="Search").slug == "search"


@pytest.mark.parametrize("title", ["Media", "Search", "En", "Vi", "Én vàng", "En route", "Ví dụ"])
def test_a_page_right_below_home_is_reached_at_its_address(client, home, title):
    page = PlainPageFactory(parent=home, title=title)
    response = client.get(page.url)
    assert response.status_code == 200
    assert response.context["page"].pk == page.pk


@pytest.mark.parametrize("title", ["!!!", "…", "😀", "“ ”"])
def test_a_title_without_letters_gets_a_slug_all_the_same(client, section, title):
    first = ArticleFactory(parent=section, title=title)
    second = ArticleFactory(parent=section, title=title)
    assert re.fullmatch(r"[a-z0-9-]+", first.slug)
    assert first.slug != second.slug
    assert client.get(second.url).status_code == 200


# Normalised text


@pytest.fixture
def pasted_body(db):
    """A body as if pasted from elsewhere: in NFD and with non-breaking spaces."""
    picture = image_block(
        PictureFactory(),
        alt_text=nfd("Ảnh\u00a0đẹp"),
        caption=nfd("Chú\u00a0thích"),
        credit=nfd("Việt\u00a0Hà"),
    )
    return [
        {"type": "heading", "value": nfd("Đầu\u00a0mục")},
        {"type": "paragraph", "value": f"<p>{nfd('Đoạn')}\u00a0<b>{nfd('văn')}</b></p>"},
        picture,
        {
            "type": "quote",
            "value": {"text": nfd("Lời\u00a0nói"), "attribution": nfd("Người\u00a0nói")},
        },
    ]


CLEAN_TEXTS = [
    "Đầu mục",
    "<p>Đoạn <b>văn</b></p>",
    "Ảnh đẹp",
    "Chú thích",
    "Việt Hà",
    "Lời nói",
    "Người nói",
]


def pasted_article(body):
    """Return an unsaved article in which no text is normalised."""
    return ArticlePage(
        title=nfd("Tiêu\u00a0đề"),
        introduction=nfd("Lời\u00a0dẫn"),
        source_name=nfd("Báo\u00a0Đảng"),
        author=nfd("Tác\u00a0giả"),
        search_description=nfd("Mô\u00a0tả"),
        body=json.dumps(body),
    )


def assert_clean(article):
    """Check that every text is in NFC with ordinary spaces."""
    assert article.title == article.draft_title == "Tiêu đề"
    assert article.introduction == "Lời dẫn"
    assert article.source_name == "Báo Đảng"
    assert article.author == "Tác giả"
    assert article.search_description == "Mô tả"
    raw = json.dumps(BodyBlock().get_prep_value(article.body), ensure_ascii=False)
    for text in CLEAN_TEXTS:
        assert f'"{text}"' in raw
    assert "\u00a0" not in raw
    assert unicodedata.is_normalized("NFC", raw)


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
def test_a_new_page_is_stored_in_one_spelling(section, pasted_body, live):
    article = pasted_article(pasted_body)
    article.live = live
    section.add_child(instance=article)
    assert_clean(ArticlePage.objects.get(pk=article.pk))


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
def test_a_changed_page_is_stored_in_one_spelling(section, pasted_body, live):
    article = ArticleFactory(parent=section, live=live)
    pasted = pasted_article(pasted_body)
    for name in ("title", "introduction", "source_name", "author", "search_description", "body"):
        setattr(article, name, getattr(pasted, name))
    article.draft_title = pasted.title
    article.save()
    assert_clean(ArticlePage.objects.get(pk=article.pk))


def test_a_revision_is_stored_in_one_spelling(section, pasted_body):
    article = ArticleFactory(parent=section)
    pasted = pasted_article(pasted_body)
    for name in ("title", "introduction", "source_name", "author", "search_description", "body"):
        setattr(article, name, getattr(pasted, name))
    article.save_revision()
    assert_clean(ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object())


def test_what_is_clean_already_stays_as_it_is(section):
    value = [{"type": "paragraph", "value": "<p>Đoạn văn</p>", "id": "one"}]
    article = ArticleFactory(parent=section, body=json.dumps(value))
    article.save()
    stored = ArticlePage.objects.get(pk=article.pk)
    assert stored.body.get_prep_value() == value


def test_saving_some_fields_touches_no_other(section):
    article = ArticleFactory(parent=section, introduction="Lời dẫn")
    partly = ArticlePage.objects.defer("body", "introduction").get(pk=article.pk)
    partly.title = nfd("Đầu đề")
    partly.save()
    stored = ArticlePage.objects.get(pk=article.pk)
    assert (stored.title, stored.introduction) == ("Đầu đề", "Lời dẫn")
