"""Tests for the language switch, and for the links that tell search engines of translations."""

import pytest
from wagtail.models import PageViewRestriction

from cms.models import GoneAddress
from news.models import ArticlePage, ArticleTopic
from tests.article_copies import multiply
from tests.factories import (
    ArticleFactory,
    PlainPageFactory,
    TopicFactory,
    publish_english_translation,
)
from tests.rendered_pages import read, text_of

TO_VIETNAMESE_HOME = "Trang này chưa có bản tiếng Việt; về trang chủ"
TO_ENGLISH_HOME = "This page is not translated; to the home page"


@pytest.fixture
def article(section):
    """An article in Vietnamese only."""
    return ArticleFactory(parent=section, title="Tin")


def switch(page, language):
    """Return the entry of one language in the switch."""
    return page.select_one(f".languages li[lang={language}]")


def search_engine_links(page):
    """Return the canonical address, and the alternate addresses by language, for search engines.

    The alternate for readers of other languages has a test of its own.
    """
    canonical = page.find("link", rel="canonical")
    alternates = page.select("link[rel=alternate][hreflang]:not([hreflang=x-default])")
    return canonical and canonical["href"], {link["hreflang"]: link["href"] for link in alternates}


def assert_leads_home(page, language, address, notice):
    """Assert that the switch leads to the home page and says so."""
    entry = switch(page, language)
    assert entry.a["href"] == address
    assert "rel" not in entry.a.attrs
    assert text_of(entry.select_one(".not-translated")) == notice


def test_the_switch_leads_from_home_page_to_home_page(client, home, english_home):
    assert switch(read(client, "/"), "en").a["href"] == "/en/"
    assert switch(read(client, "/en/"), "vi").a["href"] == "/"


def test_the_switch_leads_to_the_same_page_where_it_is_translated(client, article):
    translation = publish_english_translation(article, "News item")
    assert switch(read(client, article.url), "en").a["href"] == "/en/news/news-item/"
    assert switch(read(client, translation.url), "vi").a["href"] == "/tin-tuc/tin/"
    for address in (article.url, translation.url):
        page = read(client, address)
        assert page.select(".not-translated") == []
        assert page.select_one(".languages a")["rel"] == ["alternate"]


def test_the_switch_names_each_language_in_itself(client, home):
    page = read(client, "/")
    assert text_of(switch(page, "vi")) == "Tiếng Việt"
    assert text_of(switch(page, "en")) == "English"
    assert switch(page, "en").a["hreflang"] == "en"


def test_the_language_shown_is_marked_and_no_link(client, home, english_home):
    for address, language in (("/", "vi"), ("/en/", "en")):
        entry = switch(read(client, address), language)
        assert entry.select("a") == []
        assert entry.select_one("[aria-current=true]")


def test_the_switch_says_to_english_readers_where_there_is_no_english(client, article):
    assert_leads_home(read(client, article.url), "en", "/en/", TO_ENGLISH_HOME)


def test_the_switch_says_to_vietnamese_readers_where_there_is_no_vietnamese(
    client, english_section
):
    article = ArticleFactory(parent=english_section, title="News item")
    assert_leads_home(read(client, article.url), "vi", "/", TO_VIETNAMESE_HOME)


def test_a_draft_translation_is_none(client, english, article):
    article.copy_for_translation(english)
    page = read(client, article.url)
    assert_leads_home(page, "en", "/en/", TO_ENGLISH_HOME)
    assert search_engine_links(page)[1] == {"vi": "http://testserver/tin-tuc/tin/"}


def test_a_translation_that_was_withdrawn_is_none(client, article):
    publish_english_translation(article, "News item").unpublish()
    page = read(client, article.url)
    assert_leads_home(page, "en", "/en/", TO_ENGLISH_HOME)
    assert "en" not in search_engine_links(page)[1]


def test_a_private_translation_is_none(client, article):
    translation = publish_english_translation(article, "News item")
    PageViewRestriction.objects.create(page=translation, restriction_type="login")
    page = read(client, article.url)
    assert_leads_home(page, "en", "/en/", TO_ENGLISH_HOME)
    assert "en" not in search_engine_links(page)[1]


def test_a_missing_page_leads_to_the_home_page_without_a_word(client, home, english_home):
    page = read(client, "/khong-co/", status=404)
    assert switch(page, "en").a["href"] == "/en/"
    assert page.select(".not-translated") == []
    page = read(client, "/en/missing/", status=404)
    assert switch(page, "vi").a["href"] == "/"


def test_a_translated_page_names_itself_and_its_translation(client, article):
    translation = publish_english_translation(article, "News item")
    vietnamese = "http://testserver/tin-tuc/tin/"
    english = "http://testserver/en/news/news-item/"
    both = {"vi": vietnamese, "en": english}
    assert search_engine_links(read(client, article.url)) == (vietnamese, both)
    assert search_engine_links(read(client, translation.url)) == (english, both)


def test_a_page_in_one_language_names_itself_alone(client, home):
    page = PlainPageFactory(parent=home, title="Liên hệ")
    address = "http://testserver/lien-he/"
    assert search_engine_links(read(client, page.url)) == (address, {"vi": address})


def test_home_pages_name_each_other(client, home, english_home):
    both = {"vi": "http://testserver/", "en": "http://testserver/en/"}
    assert search_engine_links(read(client, "/")) == (both["vi"], both)
    assert search_engine_links(read(client, "/en/")) == (both["en"], both)


def test_readers_of_other_languages_are_sent_to_the_vietnamese(client, english_section, article):
    def default(address):
        links = read(client, address).select("link[hreflang=x-default]")
        return [link["href"] for link in links]

    translation = publish_english_translation(article, "News item")
    for address in (article.url, translation.url):
        assert default(address) == ["http://testserver/tin-tuc/tin/"]
    assert default(ArticleFactory(parent=english_section, title="English alone").url) == []


def test_a_topic_names_itself_and_its_translation(client, vietnamese, english):
    topic = TopicFactory(name="Chuyển đổi số")
    vietnamese_address = f"http://testserver{topic.get_url()}"
    assert search_engine_links(read(client, topic.get_url())) == (
        vietnamese_address,
        {"vi": vietnamese_address},
    )
    translation = TopicFactory(
        name="Digital", locale=english, translation_key=topic.translation_key
    )
    both = {"vi": vietnamese_address, "en": "http://testserver/en/topics/digital/"}
    for shown in (topic, translation):
        page = read(client, shown.get_url())
        assert search_engine_links(page) == (both[shown.locale.language_code], both)
        assert page.select_one("link[hreflang=x-default]")["href"] == both["vi"]


def test_a_further_page_names_itself_alone(client, section, article):
    """A further page of a list has no alternates.

    The translation has pages of its own, with other articles on them.
    """
    multiply(article, 12)
    topic = TopicFactory(name="Chuyển đổi số")
    for listed in ArticlePage.objects.all():
        ArticleTopic.objects.create(article=listed, topic=topic)
    for listing in (section, topic):
        address = f"{listing.get_url()}?page=2"
        page = read(client, address)
        assert search_engine_links(page) == (f"http://testserver{address}", {})
        assert page.select("[hreflang=x-default]") == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search/", 200),
        ("/en/search/?q=tin", 200),
        ("/khong-co/", 404),
        ("/en/missing/", 404),
        ("/tin-tuc/?page=9", 404),
        ("/da-go/", 410),
        ("/x%00/", 400),
    ],
)
def test_what_is_no_page_names_nothing(client, section, english_home, address, status):
    GoneAddress.remember("/da-go/")
    page = read(client, address, status=status)
    assert search_engine_links(page) == (None, {})
    assert page.select("[hreflang=x-default], meta[property^=og]") == []


def test_every_address_named_is_a_page(client, article):
    publish_english_translation(article, "News item")
    for address in ("/", "/tin-tuc/", article.url):
        for named in search_engine_links(read(client, address))[1].values():
            read(client, named.removeprefix("http://testserver"))


def test_what_the_query_says_is_no_part_of_the_address(client, article):
    page = read(client, f"{article.url}?utm_source=x")
    assert search_engine_links(page)[0] == "http://testserver/tin-tuc/tin/"


def test_the_address_alone_decides_the_language(client, home, english_home):
    client.cookies["django_language"] = "en"
    page = client.get("/", headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "vi"
    page = client.get("/en/", headers={"accept-language": "vi"})
    assert page.headers["Content-Language"] == "en"


def test_a_language_that_is_not_spoken_here_is_not_found(client, home):
    assert client.get("/fr/").status_code == 404
    assert client.get("/de/tin-tuc/").status_code == 404
