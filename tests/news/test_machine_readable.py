"""What an article tells machines: Open Graph where it is shared, NewsArticle where it is found."""

import json
from datetime import datetime

import pytest
from django.utils.translation import gettext

from cms.models import SiteFrame
from news.models import ArticlePage
from tests.factories import ArticleFactory, PictureFactory, image_block
from tests.news.reader import in_english, read

DATA = 'script[type="application/ld+json"]'


@pytest.fixture
def article(section):
    """A published article with a picture in its body."""
    picture = PictureFactory(title="Trong bài", file__width=1600, file__height=1000)
    return ArticleFactory(
        parent=section,
        title="Tin </script> \u2028 & ảnh",
        slug="tin",
        introduction="Sapô",
        author="Hoài Phương",
        source_url="https://bao.example/tin",
        body=[image_block(picture)],
    )


def properties(page):
    """Return the Open Graph properties and card of a page."""
    return {
        meta.get("property") or meta.get("name"): meta["content"]
        for meta in page.select('meta[property], meta[name^="twitter:"]')
    }


def data(page):
    """Return the structured data of a page by type."""
    told = [json.loads(element.string) for element in page.select(DATA)]
    assert all(item["@context"] == "https://schema.org" for item in told)
    return {item["@type"]: item for item in told}


def test_an_article_can_be_shared(client, article):
    article.save_revision().publish()
    told = properties(read(client, article.url))
    assert told["og:type"] == "article"
    assert told["og:title"] == article.title
    assert told["og:description"] == "Sapô"
    assert told["og:url"] == "http://testserver/tin-tuc/tin/"
    assert told["og:locale"] == "vi_VN"
    assert told["og:image"].startswith("http://testserver/media/images/")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:image:alt"] == told["og:title"]
    assert told["article:section"] == "Tin tức"
    for name in ("article:published_time", "article:modified_time"):
        assert datetime.fromisoformat(told[name]).utcoffset() is not None
    path = told["og:image"].removeprefix("http://testserver")
    assert client.get(path)["Content-Type"] == "image/jpeg"


def test_a_page_without_a_picture_can_be_shared(client, section):
    told = properties(read(client, section.url))
    assert told["og:type"] == "website"
    assert "og:image" not in told
    assert not [name for name in told if name.startswith("article:")]


def test_a_picture_whose_file_is_lost_is_not_told_of(client, article):
    article.picture.file.storage.delete(article.picture.file.name)
    page = read(client, article.url)
    assert "og:image" not in properties(page)
    assert properties(page)["twitter:card"] == "summary"
    assert "image" not in data(page)["NewsArticle"]


def test_a_translation_names_the_other_language(client, article):
    twin = in_english(article, "Story")
    told = properties(read(client, twin.url))
    assert told["og:locale"] == "en_US"
    assert told["og:locale:alternate"] == "vi_VN"


def test_a_news_article_has_all_that_its_type_asks_for(client, article):
    told = data(read(client, article.url))["NewsArticle"]
    assert told["headline"] == article.title
    assert told["mainEntityOfPage"] == told["url"] == "http://testserver/tin-tuc/tin/"
    assert told["inLanguage"] == "vi"
    assert told["author"] == {"@type": "Person", "name": "Hoài Phương"}
    assert told["publisher"]["name"]
    assert told["publisher"]["logo"]["url"].startswith("http://testserver/static/")
    assert told["articleSection"] == "Tin tức"
    assert told["isBasedOn"] == "https://bao.example/tin"
    assert all(picture.startswith("http://testserver/media/") for picture in told["image"])
    for name in ("datePublished", "dateModified"):
        assert datetime.fromisoformat(told[name]).utcoffset() is not None
    assert told["datePublished"] <= told["dateModified"]


def test_an_article_with_a_title_alone_is_a_news_article(client, section):
    SiteFrame.objects.all().delete()
    told = data(read(client, ArticleFactory(parent=section, title="Tin").url))["NewsArticle"]
    assert told["author"] == told["publisher"]
    assert told["publisher"]["name"] == gettext("News portal")
    assert "image" not in told
    assert "description" not in told


def test_a_page_tells_where_it_stands(client, section, article):
    steps = [
        (gettext("Home"), "http://testserver/"),
        ("Tin tức", "http://testserver/tin-tuc/"),
        (article.title, "http://testserver/tin-tuc/tin/"),
    ]
    for address, depth in ((section.url, 2), (article.url, 3)):
        told = data(read(client, address))["BreadcrumbList"]["itemListElement"]
        assert [(step["name"], step["item"]) for step in told] == steps[:depth]
        assert [step["position"] for step in told] == list(range(1, depth + 1))
        assert {step["@type"] for step in told} == {"ListItem"}


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_a_home_page_tells_who_publishes(client, home, english_home, address):
    page = read(client, address)
    (told,) = data(page).values()
    assert told["@type"] == "GovernmentOrganization"
    assert told["name"] == page.select_one(".site-name").string
    assert told["url"] == "http://testserver/"
    assert told["logo"]["url"].startswith("http://testserver/static/")


@pytest.mark.parametrize("address", ["/khong-co/", "/search/"])
def test_what_is_no_page_tells_nothing(client, home, address):
    page = client.get(address).content.decode()
    assert "application/ld+json" not in page
    assert "og:" not in page


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
    told = properties(read(client, article.url))["og:image"]
    rendition = chosen.get_rendition("format-jpeg|fill-1200x630")
    assert told == rendition.full_url != before
    assert data(read(client, article.url))["NewsArticle"]["image"] == [rendition.full_url]
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
