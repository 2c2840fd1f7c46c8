"""Tests of search: any spelling, any part of an article, newest first, nothing but public pages."""

import json
import re
import unicodedata
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from cms.models.pages import MAX_INDEXED_CHARACTERS
from cms.search.excerpt import EXCERPT_LENGTH, excerpt, highlight
from cms.text.folding import fold
from news.models import ArticlePage, ArticleTopic, NewsIndexPage
from news.search import search_pages, search_results
from tests.article_copies import multiply
from tests.cms.filled_body import WORD, FilledBody
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    PlainPageFactory,
    TopicFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import links, read
from tests.shared_fixtures import shared_fixture


@shared_fixture
def article():
    """An article with a word in each of its parts."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    return ArticleFactory(
        parent=section,
        title="Khối thi đua các huyện",
        introduction="Bảy đơn vị ký giao ước.",
        author="Hoài Phương",
        source_name="Báo Hải Lam",
        body=json.dumps(
            [
                {"type": "paragraph", "value": "<p>Hội nghị <b>khen thưởng</b> tập thể.</p>"},
                image_block(
                    PictureFactory(), alt_text="Cờ đỏ", caption="Toàn cảnh", credit="Việt Hà"
                ),
                {"type": "document", "value": {"number": "62/2020/NĐ-CP", "abstract": "Vị trí"}},
                {
                    "type": "table",
                    "value": {"data": [["Đơn vị", "Điểm"]], "table_caption": "Kết quả"},
                },
            ]
        ),
    )


def found(client, query, language="vi"):
    """Return the titles found for `query`."""
    prefix = "" if language == "vi" else f"/{language}"
    response = client.get(f"{prefix}/search/", {"q": query})
    assert response.status_code == 200
    return [result.page.title for result in response.context["results"]]


SPELLINGS = [
    "thi đua",
    "thi dua",
    "THI ĐUA",
    "Thi Đua!",
    unicodedata.normalize("NFD", "thi đua các huyện"),
    "đua thi",
    "thi\u00a0đua",
]


@pytest.mark.parametrize("query", SPELLINGS)
def test_any_spelling_finds_the_article(client, article, query):
    assert found(client, query) == [article.title]


PARTS = [
    "giao uoc",
    "khen thuong",
    "tap the",
    "toan canh",
    "viet ha",
    "co do",
    "62/2020/NĐ-CP",
    "62/2020/ND-CP",
    "62/2020",
    "62 2020",
    "don vi diem",
    "ket qua",
    "hoai phuong",
    "bao hai lam",
    "huyen khen thuong",
]


@pytest.mark.parametrize("query", PARTS)
def test_every_part_of_an_article_is_searched(client, article, query):
    assert found(client, query) == [article.title]


@pytest.mark.parametrize("query", ["so", "do", "no", "in", "an", "be", "the", "so noi vu"])
def test_words_that_are_common_in_english_are_found(client, section, query):
    """PostgreSQL's default configuration is for English and drops these words."""
    ArticleFactory(parent=section, title="Tin", introduction="Sở Nội vụ: đồ no, in, an, bé, thể")
    ArticleFactory(parent=section, title="Khác", introduction="Văn phòng")
    assert found(client, query) == ["Tin"]


def test_words_are_not_taken_for_english_ones(client, section):
    ArticleFactory(parent=section, title="Tin", introduction="meetings")
    assert found(client, "meeting") == []


@pytest.mark.parametrize("query", ["thi dua nghiem", "thid", "qua tang"])
def test_every_word_must_be_there(client, article, query):
    assert found(client, query) == []


def test_a_plain_page_is_found(client, home):
    PlainPageFactory(parent=home, title="Giới thiệu", introduction="Chức năng của Sở")
    assert found(client, "chuc nang") == ["Giới thiệu"]


def test_every_text_of_every_block_is_searched(client, section):
    older = ArticleFactory(parent=section, title="Cũ")
    raw = FilledBody([older]).raw()
    ArticleFactory(parent=section, title="Đủ", body=json.dumps(raw))
    texts = set(re.findall(rf"{WORD} \d+", json.dumps(raw, ensure_ascii=False)))
    assert len(texts) > 30
    for text in texts:
        assert found(client, text) == ["Đủ"], text


def test_words_marked_as_foreign_are_searched_with_those_around_them(client, section):
    words = '<p>Sở đo <span lang="en">Quality of Service</span>, rồi báo cáo.</p>'
    body = json.dumps([{"type": "paragraph", "value": words}])
    article = ArticleFactory(parent=section, title="Tin", body=body)
    assert article.body_text == "Sở đo Quality of Service, rồi báo cáo."
    assert found(client, "do quality of service") == ["Tin"]
    assert found(client, "span lang") == []
    excerpt = read(client, "/search/?q=service").select_one(".results li")
    assert "Sở đo Quality of Service, rồi báo cáo." in excerpt.get_text()


def test_the_topics_of_an_article_are_searched(client, section):
    topic = TopicFactory(name="Cải cách hành chính")
    article = ArticleFactory(parent=section, title="Tin")
    article.article_topics.add(ArticleTopic(topic=topic))
    article.save_revision().publish()
    assert found(client, "cai cach") == ["Tin"]


def test_an_article_is_found_by_what_its_topic_is_called_now(client, section):
    topic = TopicFactory(name="Cải cách")
    article = ArticleFactory(parent=section, title="Tin")
    article.article_topics.add(ArticleTopic(topic=topic))
    article.save_revision().publish()
    topic.name = "Chuyển đổi số"
    topic.save_revision().publish()
    assert found(client, "chuyen doi so") == ["Tin"]
    assert found(client, "cai cach") == []
    topic.unpublish()
    assert found(client, "chuyen doi so") == []


def test_an_article_is_not_found_by_a_topic_that_was_deleted(
    client, section, django_capture_on_commit_callbacks
):
    topic = TopicFactory(name="Cải cách")
    article = ArticleFactory(parent=section, title="Tin")
    article.article_topics.add(ArticleTopic(topic=topic))
    article.save_revision().publish()
    assert found(client, "cải cách") == ["Tin"]
    with django_capture_on_commit_callbacks(execute=True):
        topic.delete()
    assert found(client, "cải cách") == []


def test_a_page_that_was_saved_before_its_words_were_kept_is_found(client, article):
    ArticlePage.objects.update(body_text="")
    call_command("update_index", verbosity=0)
    assert found(client, "khen thuong") == [article.title]


def test_the_newest_comes_first(client, section):
    for year in (2019, 2021, 2020):
        ArticleFactory(
            parent=section,
            title=f"Thi đua {year}",
            # A word that occurs more often or earlier makes no difference.
            introduction="thi đua " * (year % 7),
            published_at=datetime(year, 5, 1, tzinfo=UTC),
        )
    assert found(client, "thi dua") == ["Thi đua 2021", "Thi đua 2020", "Thi đua 2019"]


def test_of_the_articles_of_one_minute_the_last_written_comes_first(client, section):
    minute = datetime(2020, 5, 1, tzinfo=UTC)
    for number in (1, 2, 3):
        ArticleFactory(parent=section, title=f"Thi đua {number}", published_at=minute)
    assert found(client, "thi dua") == ["Thi đua 3", "Thi đua 2", "Thi đua 1"]


def test_pages_without_a_date_come_after_the_news(client, home, section):
    PlainPageFactory(parent=home, title="Thi đua là gì").save_revision().publish()
    ArticleFactory(
        parent=section, title="Thi đua 2019", published_at=datetime(2019, 5, 1, tzinfo=UTC)
    )
    assert found(client, "thi dua") == ["Thi đua 2019", "Thi đua là gì"]


def test_what_readers_may_not_see_is_not_found(client, article, section):
    ArticleFactory(parent=section, title="Thi đua nháp", live=False)
    private = ArticleFactory(parent=section, title="Thi đua riêng")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    withdrawn = ArticleFactory(parent=section, title="Thi đua cũ")
    withdrawn.unpublish()
    article.introduction = "Bí mật chưa đăng"
    article.save_revision()
    assert found(client, "thi dua") == [article.title]
    assert found(client, "bi mat") == []


def test_a_page_that_is_deleted_while_it_is_found_is_left_out(section):
    first, second = (ArticleFactory(parent=section, title=f"Thi đua {n}") for n in (1, 2))
    pages = list(search_pages("thi dua", "vi"))
    assert len(pages) == 2
    second.delete()
    assert [result.page for result in search_results(pages, "thi dua")] == [first]


def test_each_language_finds_its_own(client, article):
    publish_english_translation(article, "Emulation block", introduction="Signed", body="[]")
    assert found(client, "emulation", "en") == ["Emulation block"]
    assert found(client, "emulation") == []
    assert found(client, "thi dua", "en") == []


ODD = [
    "",
    " ",
    "'",
    '"',
    "*",
    "thi*",
    "-thi",
    "(",
    ")(",
    "NEAR(thi dua)",
    "thi OR dua",
    "AND",
    "NOT",
    "'; DROP TABLE news_articlepage; --",
    "<script>alert(1)</script>",
    "a:b",
    "thi & dua | !x",
    "\\",
    "%00",
    "\x00thi",
    "🌾",
    "中文",
    "x" * 5000,
    "thi " * 400,
    "\ud800",
    "1e400",
    "{title}",
    "^thi",
    "/".join("abcdefghijklmnopqrstuvwxyz" * 2),
    # One character that represents a whole sentence.
    "\ufdfa" * 100,
    "\u0301" * 50,
]


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("address", ["/search/", "/en/search/"])
def test_no_query_fails(client, article, query, address):
    response = client.get(address, {"q": query.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_a_query_of_another_shape_does_not_fail(client, article):
    for query in ("q=a&q=thi", "q[]=thi", "q", "", "page=1", "q=thi&page=1"):
        assert client.get(f"/search/?{query}").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "99999999", "1.5", ""])
def test_a_page_that_is_not_there_is_not_found(client, article, page):
    assert client.get("/search/", {"q": "thi", "page": page}).status_code == 404


def test_results_are_paged_and_links_keep_the_query(client, article):
    multiply(article, 25)
    call_command("update_index", verbosity=0)
    page = read(client, "/search/?q=thi+đua")
    assert len(page.select(".results li")) == 10
    assert [link["href"] for link in page.select(".pagination a")][0] == "?q=thi+%C4%91ua&page=2"
    last = read(client, "/search/?q=thi+đua&page=3")
    assert len(last.select(".results li")) == 6


@pytest.mark.parametrize("size", [10, 1000])
def test_a_page_of_results_takes_five_queries(client, article, size, django_assert_num_queries):
    """The queries fetch the site, the found pages, their texts, the frame and the menu."""
    multiply(article, size)
    call_command("update_index", verbosity=0)
    client.get("/search/?q=thi+đua")
    with django_assert_num_queries(5):
        client.get("/search/?q=thi+đua")


def test_a_search_page_is_for_no_index_and_keeps_what_was_typed(client, article):
    page = read(client, "/search/?q='><b>thi")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert page.select_one("#page-search")["value"] == "'><b>thi"


def test_every_page_has_the_search_form(client, article):
    form = read(client, article.url).select_one("header form[role=search]")
    assert form["action"] == "/search/"
    assert read(client, "/en/").select_one("header form[role=search]")["action"] == "/en/search/"


def test_nothing_found_is_said(client, article):
    page = read(client, "/search/?q=không+có")
    assert "không có" in page.select_one(".empty").get_text()
    assert links(page, ".results a") == []


def test_a_very_long_article_is_indexed(client, section):
    words = " ".join(f"chu{number}" for number in range(40_000))
    body = json.dumps([{"type": "paragraph", "value": f"<p>{words}</p>"}])
    ArticleFactory(parent=section, title="Dài", body=body)
    assert found(client, "chu1 chu30000") == ["Dài"]


def test_a_very_long_article_in_letters_that_are_spelled_out_is_indexed(client, section):
    """Each letter of this text becomes about four letters in the index."""
    syllables = [chr(code) for code in range(0xAC00, 0xAC00 + 300)]
    words = " ".join(a + b + "각" for a in syllables for b in syllables)
    body = json.dumps([{"type": "paragraph", "value": f"<p>{words}</p>"}])
    article = ArticleFactory(parent=section, title="Dài", body=body)
    assert len(article.folded_text) == MAX_INDEXED_CHARACTERS
    assert found(client, "dai") == ["Dài"]


def test_a_word_without_end_is_found(client, section):
    ArticleFactory(parent=section, title="Tin", introduction="x" * 1000)
    assert len(fold("x" * 5000).split()[0]) == 200
    assert found(client, "tin") == ["Tin"]


# Excerpts


def test_the_words_found_are_marked_as_they_are_written():
    assert (
        highlight("Khối thi đua, ngành Thi Đua", "thi dua")
        == "Khối <mark>thi</mark> <mark>đua</mark>, ngành <mark>Thi</mark> <mark>Đua</mark>"
    )


def test_an_excerpt_is_taken_from_where_the_words_are():
    texts = ["Một sapô khác.", "đầu " * 100 + "khen thưởng " + "cuối " * 100]
    shown = excerpt(texts, "khen thuong")
    assert "<mark>khen</mark> <mark>thưởng</mark>" in shown
    assert shown.startswith("… đầu")
    assert shown.endswith("cuối …")
    assert len(shown) < EXCERPT_LENGTH + 60


def test_an_excerpt_is_taken_from_where_most_of_the_words_are():
    texts = ["Các khen ngợi.", "khen " + "đầu " * 100 + "khen thưởng " + "cuối " * 100]
    assert "<mark>khen</mark> <mark>thưởng</mark>" in excerpt(texts, "khen thuong")
    assert excerpt(["Một khen.", "Hai thưởng."], "khen thuong") == "Một <mark>khen</mark>."


def test_an_excerpt_without_a_match_is_the_start_of_the_first_text():
    assert excerpt(["", "Sapô", "Thân bài"], "tựa") == "Sapô"
    assert excerpt(["", " "], "tựa") == ""


def test_an_excerpt_is_text_and_no_markup():
    assert excerpt(["<b>thi</b> & đua"], "thi") == "&lt;b&gt;<mark>thi</mark>&lt;/b&gt; &amp; đua"


def test_a_word_without_end_is_cut():
    assert len(excerpt(["x" * 5000], "y")) < EXCERPT_LENGTH + 10


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thi Đua", "thi dua"),
        (unicodedata.normalize("NFD", "Đà Nẵng ế ỵ"), "da nang e y"),
        ("62/2020/NĐ-CP", "62 2020 nd cp"),
        ("  a.b_c\u00a0d🌾 ", "a b c d"),
        ("", ""),
    ],
)
def test_text_is_folded_to_plain_words(text, folded):
    assert fold(text) == folded
