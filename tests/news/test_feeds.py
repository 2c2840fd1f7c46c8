"""Tests of the feeds of the site, of sections and of topics."""

import json
import uuid
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import pytest
from django.utils.translation import gettext
from wagtail.models import Page, PageViewRestriction

from cms.models import SiteFrame
from news.models import ArticlePage, ArticleTopic
from tests.article_copies import multiply
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    SectionFactory,
    TopicFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import read

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article(section):
    """A published article with a picture."""
    return ArticleFactory(
        parent=section,
        title="Tin & ảnh",
        introduction="Sapô <b>",
        author="Hoài Phương",
        published_at=datetime(2020, 8, 12, 9, 47, tzinfo=UTC),
        body=[image_block(PictureFactory(file__width=1600, file__height=1000))],
    )


def feed(client, address):
    """Fetch a feed and return its root element."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own feed


def titles(root):
    """Return the titles of the entries."""
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_of_the_site_tells_all_of_an_article(client, article):
    root = feed(client, "/feed/")
    assert root.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated", "author"):
        assert "".join(root.find(f"{ATOM}{required}").itertext())
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Tin & ảnh"
    summary = entry.find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "Sapô &lt;b&gt;")
    assert entry.findtext(f"{ATOM}published") == "2020-08-12T09:47:00+00:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Hoài Phương"
    assert uuid.UUID(entry.findtext(f"{ATOM}id")).version == 5
    links = {link.get("rel"): link for link in entry.iter(f"{ATOM}link")}
    assert links["alternate"].get("href") == "http://testserver/tin-tuc/tin-anh/"
    assert links["enclosure"].get("type") == "image/jpeg"
    address = links["enclosure"].get("href")
    picture = client.get(address.removeprefix("http://testserver"))
    assert int(links["enclosure"].get("length")) == len(b"".join(picture))


@pytest.mark.parametrize(
    ("last_published_at", "updated"),
    [
        (None, "2020-08-12T09:47:00+00:00"),
        (datetime(2020, 8, 11, tzinfo=UTC), "2020-08-12T09:47:00+00:00"),
        (datetime(2020, 8, 13, tzinfo=UTC), "2020-08-13T00:00:00+00:00"),
    ],
    ids=["imported", "published before its posted date", "corrected"],
)
def test_an_entry_is_never_updated_before_its_posted_date(
    client, article, last_published_at, updated
):
    ArticlePage.objects.update(last_published_at=last_published_at)
    entry = feed(client, "/feed/").find(f"{ATOM}entry")
    moment = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    assert moment == datetime.fromisoformat(updated)


def test_a_feed_takes_an_article_with_words_marked_as_foreign(client, section):
    words = '<p>Sở đo <span lang="en">Quality of Service</span>.</p>'
    body = json.dumps([{"type": "paragraph", "value": words}])
    ArticleFactory(parent=section, title="Tin", introduction="Sapô", body=body)
    entry = feed(client, "/feed/").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "Sapô"
    assert "span" not in "".join(entry.itertext())


def test_an_id_outlives_a_new_name(client, article):
    def entry_id():
        return feed(client, "/feed/").findtext(f"{ATOM}entry/{ATOM}id")

    before = entry_id()
    article.slug = "ten-khac"
    article.save_revision().publish()
    assert entry_id() == before


def test_each_language_has_its_feed(client, article):
    publish_english_translation(article, "News & picture")
    vietnamese, english = feed(client, "/feed/"), feed(client, "/en/feed/")
    assert titles(vietnamese) == ["Tin & ảnh"]
    assert titles(english) == ["News & picture"]
    for name in ("id", "entry/{http://www.w3.org/2005/Atom}id"):
        assert vietnamese.findtext(f"{ATOM}{name}") != english.findtext(f"{ATOM}{name}")


@pytest.mark.parametrize("kind", ["site", "section", "topic"])
def test_a_feed_is_the_same_by_whichever_name_the_server_was_asked(
    client, settings, section, article, kind
):
    settings.ALLOWED_HOSTS = ["testserver", "www.example"]
    article.article_topics = [ArticleTopic(topic=TopicFactory(name="Số hóa"))]
    article.save_revision().publish()
    parts = {"site": "/", "section": section.url, "topic": "/chu-de/so-hoa/"}
    address = f"{parts[kind]}feed/"
    root = feed(client, address)
    assert root.findtext(f"{ATOM}id") == f"http://testserver{parts[kind]}"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": f"http://testserver{parts[kind]}",
        "self": f"http://testserver{address}",
    }
    asked_elsewhere = client.get(address, headers={"host": "www.example"})
    assert asked_elsewhere.content == client.get(address).content


def test_each_section_has_its_feed_in_each_language(client, home, article):
    other = SectionFactory(parent=home, title="Văn bản")
    ArticleFactory(parent=other, title="Khác")
    publish_english_translation(article, "News & picture")
    assert titles(feed(client, "/tin-tuc/feed/")) == ["Tin & ảnh"]
    assert titles(feed(client, "/van-ban/feed/")) == ["Khác"]
    assert titles(feed(client, "/en/news/feed/")) == ["News & picture"]


def test_each_topic_has_its_feed(client, article):
    topic = TopicFactory(name="Số hóa")
    article.article_topics = [ArticleTopic(topic=topic)]
    article.save_revision().publish()
    assert titles(feed(client, f"{topic.get_absolute_url()}feed/")) == ["Tin & ảnh"]
    assert client.get(f"{topic.get_absolute_url()}x/feed/").status_code == 404


def test_what_readers_may_not_see_is_in_no_feed(client, section, article):
    ArticleFactory(parent=section, title="Nháp", live=False)
    private = ArticleFactory(parent=section, title="Riêng")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert titles(feed(client, "/feed/")) == ["Tin & ảnh"]
    assert titles(feed(client, "/tin-tuc/feed/")) == ["Tin & ảnh"]


def test_the_feed_of_a_private_section_is_private(client, section, article):
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get("/tin-tuc/feed/").status_code == 302


def test_the_feed_of_a_withdrawn_section_is_not_there(client, section, article):
    section.unpublish()
    assert client.get("/tin-tuc/feed/").status_code == 404


def test_only_sections_have_a_feed_below_them(client, article):
    assert client.get(f"{article.url}feed/").status_code == 404


def test_an_article_cannot_take_the_address_of_the_feed(section):
    assert ArticleFactory(parent=section, title="Feed").slug == "feed-2"


def test_characters_that_xml_forbids_are_taken_out_on_the_way_in(client, section):
    ArticleFactory(parent=section, title="Một\x0bhai", introduction="a\x00b\x1f")
    assert titles(feed(client, "/feed/")) == ["Mộthai"]


def test_characters_that_xml_forbids_break_no_feed_where_they_are_stored(client, section):
    article = ArticleFactory(parent=section, title="Tin")
    Page.objects.filter(pk=article.pk).update(title="Một\x0bhai\ufffe")
    Page.objects.filter(pk=section.pk).update(title="Tin\x01tức")
    ArticlePage.objects.filter(pk=article.pk).update(introduction="a\x1fb", author="c\x08d")
    root = feed(client, "/tin-tuc/feed/")
    assert root.findtext(f"{ATOM}title") == "Tintức"
    assert titles(root) == titles(feed(client, "/feed/")) == ["Mộthai"]
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == "ab"
    assert root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "cd"


def test_an_article_with_a_title_alone_has_the_publisher_as_author(client, section):
    SiteFrame.objects.all().delete()
    ArticleFactory(parent=section, title="Tin")
    for address in ("/feed/", "/tin-tuc/feed/"):
        root = feed(client, address)
        assert root.findtext(f"{ATOM}author/{ATOM}name") == gettext("News portal")
        assert root.find(f"{ATOM}entry/{ATOM}summary") is None


def test_a_feed_names_the_twenty_newest(client, article):
    multiply(article, 30)
    dates = [
        entry.findtext(f"{ATOM}published") for entry in feed(client, "/feed/").iter(f"{ATOM}entry")
    ]
    assert len(dates) == 20
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == "2020-08-12T09:47:00+00:00"


def test_a_feed_without_articles_is_a_feed(client, section):
    assert titles(feed(client, "/feed/")) == []


def test_a_picture_whose_file_is_lost_breaks_no_feed(client, article):
    article.picture.file.storage.delete(article.picture.file.name)
    assert titles(feed(client, "/feed/")) == ["Tin & ảnh"]


@pytest.mark.parametrize("address", ["/feed/", "/tin-tuc/feed/"])
def test_a_feed_that_did_not_change_is_not_sent_again(client, article, address):
    first = client.get(address)
    for conditions in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        assert client.get(address, headers=conditions).status_code == 304
    article.title = "Tin đã sửa"
    article.save_revision().publish()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("size", [1, 1000])
def test_a_feed_takes_three_queries(client, article, size, django_assert_num_queries):
    """The queries fetch the frame with the site's name, the newest twenty and their renditions."""
    multiply(article, size)
    client.get("/feed/")
    with django_assert_num_queries(3):
        assert len(titles(feed(client, "/feed/"))) == min(size + 1, 20)


@pytest.mark.parametrize("size", [1, 1000])
def test_the_feed_of_a_section_takes_five_queries(client, article, size, django_assert_num_queries):
    """The queries fetch the site and the pages along the URL, then the content.

    The content is the frame, the newest twenty articles, and the renditions.
    """
    multiply(article, size)
    client.get("/tin-tuc/feed/")
    with django_assert_num_queries(5):
        assert len(titles(feed(client, "/tin-tuc/feed/"))) == min(size + 1, 20)


@pytest.mark.parametrize("size", [1, 30])
def test_the_feed_of_a_topic_takes_four_queries(client, section, size, django_assert_num_queries):
    """The queries fetch the topic, the frame, the newest twenty articles and their renditions."""
    topic = TopicFactory(name="Số hóa")
    picture = PictureFactory()
    for number in range(size):
        ArticleFactory(
            parent=section,
            title=f"Tin {number}",
            body=[image_block(picture)],
            article_topics=[ArticleTopic(topic=topic)],
        )
    address = f"{topic.get_absolute_url()}feed/"
    client.get(address)
    with django_assert_num_queries(4):
        assert len(titles(feed(client, address))) == min(size, 20)


def test_feeds_are_announced_where_they_belong(client, section, article):
    def announced(address):
        page = read(client, address)
        return [link["href"] for link in page.select('link[type="application/atom+xml"]')]

    assert announced("/") == ["/feed/"]
    assert announced(section.url) == ["/feed/", "/tin-tuc/feed/"]
    assert announced(article.url) == ["/feed/", "/tin-tuc/feed/"]
    assert announced("/en/") == ["/en/feed/"]
    assert read(client, section.url).select_one('main a[href="/tin-tuc/feed/"]')
    assert Page.objects.get(pk=section.pk).slug == "tin-tuc"
