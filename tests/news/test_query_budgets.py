"""Query budgets: the exact number of queries of each page, for an archive of any size.

The queries of an anonymous reader are counted after one identical request, without any page cache.
The frame of every page costs five queries:

1. the site of the URL, with its home page
2. the pages along the URL, with the row of their own type and whether one of them is private
3. the translations of the page, for the language switch and `hreflang`
4. the frame of the language, with the counter in the footer
5. the menu

The number of people online costs no query: `cms.visitors.live_count` keeps it for two seconds.

The content of a page costs more queries. A comment above each number below lists them.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.visitors.models import VisitorCounter
from home.models import HomePageLead
from news.models import ArticlePage, ArticleTopic
from tests.article_copies import multiply
from tests.cms.filled_body import FilledBody
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    TopicFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import read, text_of

# The five queries in the module's docstring.
FRAME = 5

# The lead stories; the sections; the newest articles of all sections; the renditions.
HOME = FRAME + 4

# The pictures of the body; their renditions; the topics; the newest articles of the language.
ARTICLE = FRAME + 4

# The articles of this page and of the next two pages; the renditions of this page's pictures.
SECTION = FRAME + 2

SIZES = [10, 1000]
LANGUAGES = ["vi", "en"]


class PortalAddresses:
    """The URLs of a portal in one language. Both languages have the same content."""

    def __init__(self, home, article):
        self.home = home.url
        self.section = article.get_parent().url
        self.article = article.url


@pytest.fixture
def pictured(section):
    """An article with ten different pictures, which tests copy."""
    pictures = [PictureFactory(title=f"Ảnh {number}") for number in range(10)]
    return ArticleFactory(
        parent=section,
        title="Mười ảnh",
        introduction="Sapô",
        body=[image_block(picture, caption=picture.title) for picture in pictures],
    )


@pytest.fixture
def portal(request, home, english_home, pictured):
    """The portal in `language`, with `size` articles in each language, two of them lead stories."""
    language, size = request.param
    translated = publish_english_translation(pictured, "Ten pictures")
    for page, original in ((home, pictured), (english_home, translated)):
        multiply(original, size - 1)
        newest = ArticlePage.objects.filter(locale=page.locale).newest_first()
        page.leads = [
            HomePageLead(article=article, sort_order=order)
            for order, article in enumerate(newest[:2])
        ]
        page.save_revision().publish()
    assert ArticlePage.objects.live().count() == 2 * size
    return (
        PortalAddresses(home, pictured)
        if language == "vi"
        else PortalAddresses(english_home, translated)
    )


def every_portal(sizes=SIZES):
    """Parametrise `portal` over the languages and sizes."""
    cases = [(language, size) for size in sizes for language in LANGUAGES]
    names = [f"{language}-{size}" for language, size in cases]
    return pytest.mark.parametrize("portal", cases, indirect=True, ids=names)


def count_again(client, address, number, django_assert_num_queries):
    """Read `address`, and assert that reading it again takes exactly `number` queries."""
    read(client, address)
    with django_assert_num_queries(number):
        client.get(address)


@every_portal()
def test_the_home_page_takes_nine_queries(portal, client, django_assert_num_queries):
    count_again(client, portal.home, HOME, django_assert_num_queries)


@every_portal()
def test_a_section_takes_seven_queries(portal, client, django_assert_num_queries):
    count_again(client, portal.section, SECTION, django_assert_num_queries)


@every_portal([1000])
def test_a_page_far_back_takes_seven_queries(portal, client, django_assert_num_queries):
    count_again(client, f"{portal.section}?page=40", SECTION, django_assert_num_queries)


@every_portal()
def test_an_article_with_ten_pictures_takes_nine_queries(portal, client, django_assert_num_queries):
    count_again(client, portal.article, ARTICLE, django_assert_num_queries)


def test_the_numbers_are_within_the_budgets():
    assert HOME <= 12
    assert SECTION <= 12
    assert ARTICLE <= 10


@every_portal([10])
def test_what_is_counted_is_the_full_page(portal, client):
    """The counted pages show all their content. An incomplete page would pass any budget."""
    home = read(client, portal.home)
    assert len(home.select(".leads article")) == 2
    assert len(home.select(".home-section article")) == 4
    assert len(home.select("article picture")) == 6
    section = read(client, portal.section)
    assert len(section.select(".card")) == 10
    assert len(section.select(".card picture")) == 10
    article = read(client, portal.article)
    assert len(article.select(".body figure picture")) == 10
    assert len({image["src"] for image in article.select(".body img")}) == 10
    assert len(article.select(".latest li")) == 8
    for page in (home, section, article):
        assert text_of(page.select_one("footer.site-footer [data-visitor-count]")) == "0"
        assert page.select(".main-menu a")


@pytest.mark.parametrize("address", ["/", "/tin-tuc/", "/feed/", "/chu-de/so/"])
def test_no_list_reads_the_bodies_of_its_articles(client, pictured, address):
    """A list shows no bodies, and a body may be as large as the rest of the archive."""
    topic = TopicFactory(name="Số", slug="so")
    pictured.article_topics.add(ArticleTopic(topic=topic))
    pictured.save_revision().publish()
    with CaptureQueriesContext(connection) as queries:
        assert pictured.title in client.get(address).content.decode()
    reading = [query["sql"] for query in queries if 'FROM "news_articlepage"' in query["sql"]]
    assert reading
    assert not [sql for sql in reading if '"news_articlepage"."body"' in sql]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("counters", [1, 5])
def test_counts_in_the_body_take_one_query_more(
    client, section, vietnamese, language, counters, django_assert_num_queries
):
    """The query fetches all chosen counters. The frame has fetched that of the page's language."""
    counter = VisitorCounter.objects.get(locale=vietnamese)
    block = {"type": "visitor_count", "value": counter.pk}
    article = ArticleFactory(parent=section, title="Đếm", body=[block] * counters)
    page = article if language == "vi" else publish_english_translation(article, "Count")
    count_again(client, page.url, FRAME + 3, django_assert_num_queries)
    words_of_language = {"vi": "người đang online", "en": "people online"}[language]
    assert words_of_language in text_of(read(client, page.url).select_one(".visitor-count"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bodies", [1, 3])
def test_a_body_of_all_blocks_takes_at_most_one_query_for_each_kind(
    client, section, language, bodies, django_assert_num_queries
):
    """The number of queries does not depend on the number of blocks of each kind.

    In addition to the query for the pictures of image blocks, there is one query for each of these:
    the pictures of galleries, the pictures of videos, the files of documents, the files of videos,
    the related pages, and the counters. A video takes two queries, for its file and its picture.
    Text, callouts and tables take none.
    """
    older = ArticleFactory(parent=section, title="Cũ")
    publish_english_translation(older, "Old")
    raw = [block for _number in range(bodies) for block in FilledBody([older]).raw()]
    article = ArticleFactory(parent=section, title="Đủ", body=json.dumps(raw))
    page = article if language == "vi" else publish_english_translation(article, "Full")
    kinds = {block["type"] for block in raw}
    own = {"image": 1, "gallery": 1, "document": 1, "video": 2, "related": 1, "visitor_count": 1}
    assert sum(own.values()) <= len(kinds)
    number = ARTICLE - 1 + sum(own.values())
    count_again(client, page.url, number, django_assert_num_queries)
