"""Tests of page data for machines: Open Graph for sharing, schema.org for search engines."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils.translation import gettext
from PIL import Image

from cms.models import SiteFrame
from news.models import ArticlePage, ArticleTopic
from tests.article_copies import multiply
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    PlainPageFactory,
    TopicFactory,
    image_block,
    publish_english_translation,
)
from tests.news.schema_org_validation import faults, is_address
from tests.rendered_pages import read

DATA = 'script[type="application/ld+json"]'


@pytest.fixture
def article(section):
    """A published article with a picture in its body."""
    picture = PictureFactory(title="Trong bài", file__width=1600, file__height=1000)
    return ArticleFactory(
        parent=section,
        title="Tin </script> \u2028 \u2029 & ảnh",
        slug="tin",
        introduction="Sapô",
        author="Hoài Phương",
        source_url="https://bao.example/tin",
        body=[image_block(picture)],
    )


@pytest.fixture
def frame(vietnamese):
    """The frame of the Vietnamese pages, with the name and all contact data."""
    frame = SiteFrame.objects.get(locale=vietnamese)
    frame.site_name = "Sở Nội vụ"
    frame.address = "Số 1, đường Hùng Vương"
    frame.telephone = "0292 3 820 000"
    frame.email = "sonoivu@tinh.example"
    frame.save()
    return frame


@pytest.fixture
def topic(section):
    """A published topic with two pages of articles, like its section."""
    topic = TopicFactory(name="Chuyển đổi số", description="Làm việc & học trên mạng.")
    multiply(ArticleFactory(parent=section, title="Tin"), 12)
    for article in ArticlePage.objects.all():
        ArticleTopic.objects.create(article=article, topic=topic)
    return topic


def properties(page):
    """Return the Open Graph properties and the Twitter card of a page."""
    return {
        meta.get("property") or meta.get("name"): meta["content"]
        for meta in page.select('meta[property], meta[name^="twitter:"]')
    }


def data(page):
    """Return the structured data of a page by type, and assert that schema.org allows all of it."""
    metadata = [json.loads(element.string) for element in page.select(DATA)]
    assert all(item["@context"] == "https://schema.org" for item in metadata)
    assert [fault for item in metadata for fault in faults(item)] == []
    return {item["@type"]: item for item in metadata}


# Sharing


def test_an_article_can_be_shared(client, article):
    article.save_revision().publish()
    metadata = properties(read(client, article.url))
    assert metadata["og:type"] == "article"
    assert metadata["og:title"] == article.title
    assert metadata["og:description"] == "Sapô"
    assert metadata["og:url"] == "http://testserver/tin-tuc/tin/"
    assert metadata["og:locale"] == "vi_VN"
    assert metadata["og:image"].startswith("http://testserver/media/images/")
    assert (metadata["og:image:width"], metadata["og:image:height"]) == ("1200", "630")
    assert metadata["twitter:card"] == "summary_large_image"
    assert metadata["og:image:alt"] == metadata["og:title"]
    assert metadata["article:section"] == "Tin tức"
    for name in ("article:published_time", "article:modified_time"):
        assert datetime.fromisoformat(metadata[name]).utcoffset() is not None
    path = metadata["og:image"].removeprefix("http://testserver")
    assert client.get(path)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("kind", ["home", "section", "plain", "topic", "article"])
def test_a_page_without_a_picture_is_shared_with_that_of_the_site(
    client, home, section, topic, frame, kind
):
    page = {
        "home": home,
        "section": section,
        "plain": PlainPageFactory(parent=home, title="Liên hệ"),
        "topic": topic,
        "article": ArticleFactory(parent=section, title="Không ảnh"),
    }[kind]
    metadata = properties(read(client, page.get_url()))
    assert metadata["og:image"] == "http://testserver/static/cms/social.png"
    assert metadata["og:image:type"] == "image/png"
    assert (metadata["og:image:width"], metadata["og:image:height"]) == ("1200", "630")
    assert metadata["og:image:alt"] == metadata["og:site_name"] == "Sở Nội vụ"
    assert metadata["twitter:card"] == "summary_large_image"
    if kind != "article":
        assert metadata["og:type"] == "website"
        assert not [name for name in metadata if name.startswith("article:")]


def test_the_picture_of_the_site_is_what_is_told_of_it():
    path = Path(finders.find("cms/social.png"))
    assert path.stat().st_size < 40_000
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_site_without_a_name_is_shared(client, section):
    SiteFrame.objects.all().delete()
    metadata = properties(read(client, section.url))
    assert metadata["og:site_name"] == metadata["og:image:alt"] == gettext("News portal")


def test_a_topic_can_be_shared(client, topic):
    page = read(client, topic.get_url())
    metadata = properties(page)
    assert metadata["og:title"] == "Chuyển đổi số"
    assert metadata["og:description"] == "Làm việc & học trên mạng."
    assert metadata["og:url"] == page.find("link", rel="canonical")["href"]
    assert metadata["og:url"] == f"http://testserver{topic.get_url()}"
    assert metadata["og:locale"] == "vi_VN"


def test_a_topic_without_a_description_tells_none(client, vietnamese):
    metadata = properties(read(client, TopicFactory(name="An toàn").get_url()))
    assert metadata["og:title"] == "An toàn"
    assert "og:description" not in metadata


def test_a_topic_names_the_language_of_its_translation(client, topic, english):
    translation = TopicFactory(
        name="Digital", locale=english, translation_key=topic.translation_key
    )
    metadata = properties(read(client, translation.get_url()))
    assert (metadata["og:locale"], metadata["og:locale:alternate"]) == ("en_US", "vi_VN")
    assert "og:locale:alternate" not in properties(read(client, f"{topic.get_url()}?page=2"))


@pytest.mark.parametrize("kind", ["section", "topic"])
def test_a_further_page_is_shared_by_its_own_address(client, section, topic, kind):
    address = {"section": section, "topic": topic}[kind].get_url()
    for query in ("", "?page=2"):
        page = read(client, f"{address}{query}")
        metadata = properties(page)["og:url"]
        assert metadata == page.find("link", rel="canonical")["href"]
        assert metadata == f"http://testserver{address}{query}"


def test_a_picture_whose_file_is_lost_is_not_told_of(client, article):
    article.picture.file.storage.delete(article.picture.file.name)
    page = read(client, article.url)
    assert properties(page)["og:image"].endswith("/static/cms/social.png")
    assert "image" not in data(page)["NewsArticle"]


def test_a_translation_names_the_other_language(client, article):
    translation = publish_english_translation(article, "Story")
    metadata = properties(read(client, translation.url))
    assert metadata["og:locale"] == "en_US"
    assert metadata["og:locale:alternate"] == "vi_VN"


# Search engines


def test_a_news_article_has_all_that_its_type_asks_for(client, article):
    metadata = data(read(client, article.url))["NewsArticle"]
    assert metadata["headline"] == article.title
    assert metadata["mainEntityOfPage"] == metadata["url"] == "http://testserver/tin-tuc/tin/"
    assert metadata["inLanguage"] == "vi"
    assert metadata["author"] == {"@type": "Person", "name": "Hoài Phương"}
    assert metadata["publisher"]["name"]
    assert metadata["publisher"]["logo"]["url"].startswith("http://testserver/static/")
    assert metadata["articleSection"] == "Tin tức"
    assert metadata["isBasedOn"] == "https://bao.example/tin"
    for name in ("datePublished", "dateModified"):
        assert datetime.fromisoformat(metadata[name]).utcoffset() is not None
    assert metadata["datePublished"] <= metadata["dateModified"]


def test_a_news_article_has_its_picture_in_the_shapes_that_google_asks_for(client, article):
    """See https://developers.google.com/search/docs/appearance/structured-data/article."""
    pictures = data(read(client, article.url))["NewsArticle"]["image"]
    shapes = set()
    for picture in pictures:
        assert picture["url"].startswith("http://testserver/media/images/")
        answer = client.get(picture["url"].removeprefix("http://testserver"))
        with Image.open(BytesIO(answer.getvalue())) as shown:
            assert picture["width"] == f"{shown.width} px"
            assert picture["height"] == f"{shown.height} px"
            shapes.add(round(shown.width / shown.height, 2))
    assert shapes >= {1, 1.33, 1.78}
    assert len({picture["url"] for picture in pictures}) == len(pictures)


def test_an_article_with_a_title_alone_is_a_news_article(client, section):
    SiteFrame.objects.all().delete()
    metadata = data(read(client, ArticleFactory(parent=section, title="Tin").url))["NewsArticle"]
    assert metadata["author"] == metadata["publisher"]
    assert metadata["publisher"]["name"] == gettext("News portal")
    assert "image" not in metadata
    assert "description" not in metadata


def test_a_page_tells_where_it_stands(client, home, section, article):
    """The first step has the same name in every breadcrumb, whatever the home page's title is."""
    home.title = "Cổng thông tin"
    home.save_revision().publish()
    steps = [
        (gettext("Home"), "http://testserver/"),
        ("Tin tức", "http://testserver/tin-tuc/"),
        (article.title, "http://testserver/tin-tuc/tin/"),
    ]
    for address, depth in ((section.url, 2), (article.url, 3)):
        metadata = data(read(client, address))["BreadcrumbList"]["itemListElement"]
        assert [(step["name"], step["item"]["@id"]) for step in metadata] == steps[:depth]
        assert [step["position"] for step in metadata] == list(range(1, depth + 1))
        assert {step["@type"] for step in metadata} == {"ListItem"}


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_a_home_page_tells_who_publishes(client, home, english_home, address):
    page = read(client, address)
    metadata = data(page)
    assert set(metadata) == {"GovernmentOrganization", "WebSite"}
    assert metadata["GovernmentOrganization"]["name"] == page.select_one(".site-name").string
    assert metadata["GovernmentOrganization"]["url"] == "http://testserver/"
    assert metadata["GovernmentOrganization"]["logo"]["url"].startswith("http://testserver/static/")
    assert metadata["WebSite"]["name"] == metadata["GovernmentOrganization"]["name"]
    assert metadata["WebSite"]["url"] == f"http://testserver{address}"


def test_a_home_page_tells_how_to_reach_the_department(client, home, frame):
    metadata = data(read(client, "/"))["GovernmentOrganization"]
    assert metadata["address"] == "Số 1, đường Hùng Vương"
    assert metadata["telephone"] == "0292 3 820 000"
    assert metadata["email"] == "sonoivu@tinh.example"


def test_a_home_page_without_a_frame_tells_no_more_than_it_knows(client, home):
    SiteFrame.objects.all().delete()
    metadata = data(read(client, "/"))["GovernmentOrganization"]
    assert metadata["name"] == gettext("News portal")
    assert not {"address", "telephone", "email"} & set(metadata)


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_a_home_page_tells_where_to_search(client, home, english_home, address):
    search = data(read(client, address))["WebSite"]["potentialAction"]
    template = search["target"]["urlTemplate"].removeprefix("http://testserver")
    assert search["query-input"] == "required name=words"
    page = read(client, template.replace("{words}", "thi%20%C4%91ua"))
    assert page.find(id="page-search")["value"] == "thi đua"
    assert template.startswith(f"{address}search/")


@pytest.mark.parametrize("kind", ["section", "plain", "below plain"])
def test_a_page_that_is_no_article_tells_where_it_stands_alone(client, home, section, kind):
    plain = PlainPageFactory(parent=home, title="Giới thiệu")
    below = PlainPageFactory(parent=plain, title="Liên hệ")
    page = {"section": section, "plain": plain, "below plain": below}[kind]
    metadata = data(read(client, page.url))
    assert set(metadata) == {"BreadcrumbList"}
    steps = metadata["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, page.depth))
    assert all(is_address(step["item"]["@id"]) for step in steps)
    assert steps[-1]["item"]["@id"] == page.full_url


@pytest.mark.parametrize("address", ["/khong-co/", "/search/"])
def test_what_is_no_page_tells_nothing(client, home, address):
    page = client.get(address).content.decode()
    assert "application/ld+json" not in page
    assert "og:" not in page


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!-- <script> ]]> --> &amp; &lt;",
        "\"Trích\" 'dẫn' \\\\ \\u003c {{ page }} {% now %}",
        "Lễ hội 🌾👩🏽‍🌾🇻🇳 𝒳",
        "أخبار المقاطعة \u200f(٢٠٢٧)",
        "Thi đua " * 30 + "vì dân, vì nước",
        "x" * 255,
    ],
)
def test_any_title_comes_out_as_it_went_in(client, section, title):
    article = ArticleFactory(parent=section, title=title, author=title[:120], introduction=title)
    page = read(client, article.url)
    metadata = data(page)
    assert metadata["NewsArticle"]["headline"] == article.title == title
    assert metadata["NewsArticle"]["author"]["name"] == article.author
    assert metadata["NewsArticle"]["description"] == title
    assert metadata["BreadcrumbList"]["itemListElement"][-1]["name"] == title
    assert properties(page)["og:title"] == title


def test_nothing_in_a_title_ends_the_data(client, article):
    source = client.get(article.url).content.decode()
    scripts = source.split('<script type="application/ld+json">')[1:]
    for script in scripts:
        text = script.partition("</script>")[0]
        assert json.loads(text)
        assert not set("<>&\u2028\u2029") & set(text)
    assert len(scripts) == 2


def test_the_chosen_picture_goes_before_the_first_of_the_body(client, article, section):
    chosen = PictureFactory(title="Được chọn", file__width=1300, file__height=900)
    before = properties(read(client, article.url))["og:image"]
    article.chosen_picture = chosen
    article.save_revision().publish()
    metadata = properties(read(client, article.url))["og:image"]
    rendition = chosen.get_rendition("format-jpeg|fill-1200x630")
    assert metadata == rendition.full_url != before
    pictures = data(read(client, article.url))["NewsArticle"]["image"]
    assert rendition.full_url in [picture["url"] for picture in pictures]
    card = read(client, section.url).select_one(".card-picture img")
    assert card["src"] == chosen.get_rendition("format-jpeg|fill-640x400").url or card["src"]


def test_a_chosen_picture_taken_back_leaves_the_first_of_the_body(client, article):
    article.chosen_picture = PictureFactory()
    article.save_revision().publish()
    article.chosen_picture = None
    article.save_revision().publish()
    stored = ArticlePage.objects.get(pk=article.pk)
    assert stored.picture.pk == stored.body_pictures()[0].pk


def test_a_preview_shows_the_same(client, moderator, article):
    client.force_login(moderator)
    response = client.get(f"/admin/pages/{article.pk}/view_draft/")
    assert response.status_code == 200
    assert b"application/ld+json" in response.content


# Validation against the vocabulary


@pytest.mark.parametrize(
    ("metadata", "wrong"),
    [
        ({"@type": "Artikel"}, "there is no Artikel"),
        ({"name": "Tin"}, "there is no None"),
        ({"@type": "Person", "headline": "Tin"}, "Person has no headline"),
        ({"@type": "Person", "name-input": "Tin"}, "Person has no name-input"),
        ({"@type": "Organization", "founders": "Lan"}, "Organization has no founders"),
        ({"@type": "Person", "name": " "}, "Person.name is ' ', no Text"),
        ({"@type": "Person", "name": None}, "Person.name is None, no Text"),
        ({"@type": "Person", "name": []}, "Person.name is empty"),
        ({"@type": "ListItem", "position": True}, "ListItem.position is True, no Integer or Text"),
        ({"@type": "Person", "url": "/lan/"}, "Person.url is '/lan/', no URL"),
        ({"@type": "WebPage", "@id": "/tin/"}, "WebPage has the address '/tin/'"),
        (
            {"@type": "NewsArticle", "dateModified": "2027-01-02T08:00:00"},
            "NewsArticle.dateModified is '2027-01-02T08:00:00', no Date or DateTime",
        ),
        (
            {"@type": "NewsArticle", "author": {"@type": "Place"}},
            "NewsArticle.author is {'@type': 'Place'}, no Organization or Person",
        ),
        ({"@type": "NewsArticle", "author": {"@type": "Person", "url": "x"}}, "Person.url is 'x'"),
    ],
)
def test_the_vocabulary_finds_what_is_wrong(metadata, wrong):
    [fault] = faults(metadata)
    assert fault.startswith(wrong)
