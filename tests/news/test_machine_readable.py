"""What an article tells machines: Open Graph where it is shared, NewsArticle where it is found."""

import json
from datetime import datetime

import pytest

from news.models import ArticlePage
from tests.factories import ArticleFactory, PictureFactory, image_block
from tests.news.reader import in_english, read


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
    """Return the structured data of a page."""
    (element,) = page.select('script[type="application/ld+json"]')
    return json.loads(element.string)


def test_an_article_can_be_shared(client, article):
    told = properties(read(client, article.url))
    assert told["og:type"] == "article"
    assert told["og:title"] == article.title
    assert told["og:description"] == "Sapô"
    assert told["og:url"] == "http://testserver/tin-tuc/tin/"
    assert told["og:locale"] == "vi_VN"
    assert told["og:image"].startswith("http://testserver/media/images/")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["twitter:card"] == "summary_large_image"
    path = told["og:image"].removeprefix("http://testserver")
    assert client.get(path)["Content-Type"] == "image/jpeg"


def test_a_page_without_a_picture_can_be_shared(client, section):
    told = properties(read(client, section.url))
    assert told["og:type"] == "website"
    assert "og:image" not in told


def test_a_translation_names_the_other_language(client, article):
    twin = in_english(article, "Story")
    told = properties(read(client, twin.url))
    assert told["og:locale"] == "en_US"
    assert told["og:locale:alternate"] == "vi_VN"


def test_a_news_article_has_all_that_its_type_asks_for(client, article):
    told = data(read(client, article.url))
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "NewsArticle"
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
    told = data(read(client, ArticleFactory(parent=section, title="Tin").url))
    assert told["author"]["@type"] == "GovernmentOrganization"
    assert "image" not in told
    assert "description" not in told


def test_the_chosen_picture_goes_before_the_first_of_the_body(client, article, section):
    chosen = PictureFactory(title="Được chọn", file__width=1300, file__height=900)
    before = properties(read(client, article.url))["og:image"]
    article.chosen_picture = chosen
    article.save_revision().publish()
    told = properties(read(client, article.url))["og:image"]
    rendition = chosen.get_rendition("format-jpeg|fill-1200x630")
    assert told == rendition.full_url != before
    assert data(read(client, article.url))["image"] == [rendition.full_url]
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
