"""Tests of a new site, after `migrate` alone."""

from wagtail.models import Site

from tests.factories import ArticleFactory


def test_both_home_pages_answer(client, home, english_home):
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200


def test_the_site_stands_at_its_address(home):
    site = Site.objects.get()
    assert site.root_url == "http://testserver"
    assert site.root_page.specific == home


def test_an_article_needs_only_a_title(client, section):
    article = ArticleFactory(parent=section, title="Tin đầu tiên")
    response = client.get("/tin-tuc/tin-dau-tien/")
    assert response.status_code == 200
    assert article.title in response.content.decode()
