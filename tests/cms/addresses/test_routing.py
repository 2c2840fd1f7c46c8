"""Tests that our routing finds the same page as Wagtail's own walk down the tree."""

import json

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from cms.addresses import routing
from home.models import HomePage, HomePageLead
from news.models import NewsIndexPage
from tests.factories import ArticleFactory, PlainPageFactory, SectionFactory
from tests.privacy import PASSWORD, asks_for_password, restrict
from tests.shared_fixtures import shared_fixture


@shared_fixture
def tree():
    """A live article, nested plain pages, drafts, and an article in English."""
    home = HomePage.objects.get(locale__language_code="vi")
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    english_section = NewsIndexPage.objects.get(locale__language_code="en")
    ArticleFactory(parent=section, title="Tin")
    about = PlainPageFactory(parent=home, title="Giới thiệu")
    PlainPageFactory(parent=about, title="Bộ máy")
    ArticleFactory(parent=section, title="Bản nháp", live=False)
    hidden = PlainPageFactory(parent=home, title="Chưa xong", live=False)
    PlainPageFactory(parent=hidden, title="Bên dưới")
    ArticleFactory(parent=english_section, title="Story")


ADDRESSES = {
    ("vi", ""): "Trang chủ",
    ("vi", "tin-tuc/"): "Tin tức",
    ("vi", "tin-tuc/tin/"): "Tin",
    ("vi", "gioi-thieu/"): "Giới thiệu",
    ("vi", "gioi-thieu/bo-may/"): "Bộ máy",
    ("vi", "chua-xong/ben-duoi/"): "Bên dưới",
    ("en", ""): "Home",
    ("en", "news/"): "News",
    ("en", "news/story/"): "Story",
}

NOWHERE = [
    ("vi", "tin-tuc/tin/them/"),
    ("vi", "tin-tuc/khong-co/"),
    ("vi", "khong-co/tin/"),
    ("vi", "tin/"),
    ("vi", "tin-tuc/ban-nhap/"),
    ("vi", "chua-xong/"),
    ("vi", "bo-may/"),
    ("vi", "TIN-TUC/"),
    ("vi", "home/"),
    ("vi", "home/tin-tuc/"),
    ("vi", "news/"),
    ("vi", "home-en/news/"),
    ("vi", "x/" * 60),
    ("vi", "tin-tuc/tin/" + "x/" * 60),
    ("vi", "%/"),
    ("vi", "tin_tuc/"),
    ("en", "tin-tuc/"),
    ("en", "news/story/more/"),
    ("en", "home/"),
]


def both_ways(language, path):
    """Return the route that our routing finds, and the one that Wagtail's own walk finds."""
    with translation.override(language):
        ours = routing.find_route(RequestFactory().get(f"/{path}"), path)
        wagtails = Page.route_for_request(RequestFactory().get(f"/{path}"), path)
    return ours, wagtails


@pytest.mark.parametrize(("address", "title"), ADDRESSES.items())
def test_an_address_leads_where_wagtails_walk_leads(tree, address, title):
    ours, wagtails = both_ways(*address)
    assert ours.page.title == title
    assert ours.page == wagtails.page
    assert type(ours.page) is type(wagtails.page)
    assert (ours.args, ours.kwargs) == (wagtails.args, wagtails.kwargs)


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_leads_nowhere_leads_nowhere_in_wagtail_too(tree, address):
    ours, wagtails = both_ways(*address)
    assert ours is None
    assert wagtails is None


def test_a_language_without_a_home_page_leads_nowhere(tree, english_home):
    english_home.delete()
    ours, _wagtails = both_ways("en", "news/")
    assert ours is None


@pytest.mark.parametrize(("address", "title"), ADDRESSES.items())
def test_a_reader_gets_the_page_at_the_address(client, tree, address, title):
    language, path = address
    response = client.get(f"/en/{path}" if language == "en" else f"/{path}")
    assert response.status_code == 200
    assert response.context["page"].title == title


@pytest.mark.parametrize("address", NOWHERE)
def test_a_reader_gets_404_where_there_is_nothing(client, tree, address):
    language, path = address
    assert client.get(f"/en/{path}" if language == "en" else f"/{path}").status_code == 404


def test_wagtails_view_takes_the_route_that_was_found(tree, monkeypatch, rf):
    """Wagtail's view uses our route.

    The test fails if Wagtail renames the attribute that holds the route.
    """

    def walked(*args, **kwargs):
        raise AssertionError("Wagtail walked down the tree")

    monkeypatch.setattr(Page, "route", walked)
    other = Page.objects.get(title="Giới thiệu").specific
    monkeypatch.setattr(routing, "find_route", lambda request, path: (other, [], {}))
    response = routing.serve(rf.get("/tin-tuc/tin/"), "tin-tuc/tin/")
    assert response.context_data["page"] == other


def test_moving_a_page_moves_its_address(client, tree, home):
    page = Page.objects.get(title="Bộ máy")
    page.move(home, pos="last-child")
    assert client.get("/bo-may/").status_code == 200
    assert both_ways("vi", "gioi-thieu/bo-may/") == (None, None)


def test_a_new_slug_moves_all_below_it(client, tree):
    page = Page.objects.get(title="Giới thiệu").specific
    page.slug = "ve-chung-toi"
    page.save()
    assert client.get("/ve-chung-toi/bo-may/").status_code == 200
    assert both_ways("vi", "gioi-thieu/bo-may/") == (None, None)


def test_the_pages_above_are_known_from_the_home_page_down(tree):
    ours, _wagtails = both_ways("vi", "gioi-thieu/bo-may/")
    assert [page.title for page in ours.page.breadcrumbs] == ["Trang chủ", "Giới thiệu"]


@pytest.mark.parametrize("path", ["", "tin-tuc/", "tin-tuc/tin/", "gioi-thieu/bo-may/"])
def test_a_route_takes_two_queries_however_deep(tree, django_assert_num_queries, path):
    """One query is for the site, one for the pages. Root paths and content types are cached."""
    both_ways("vi", path)
    request = RequestFactory().get(f"/{path}")
    with django_assert_num_queries(2):
        page = routing.find_route(request, path).page
        assert page.title
        assert page.breadcrumbs is not None
        assert list(page.get_view_restrictions()) == []


def test_an_address_of_any_depth_costs_a_query_of_the_same_size(tree):
    """The query names each level of the address, and a stranger chooses the address."""
    sizes = []
    for levels in (routing.MAX_DEPTH, 500):
        path = "x/" * levels
        with CaptureQueriesContext(connection) as queries:
            assert routing.find_route(RequestFactory().get(f"/{path}"), path) is None
        sizes.append(max(len(query["sql"]) for query in queries))
    assert sizes[0] == sizes[1]


# Private pages


def asks_who_reads(response):
    """Return whether the response asks for a password or a sign-in instead of showing the page."""
    if response.status_code == 302:
        return "login" in response["Location"]
    return asks_for_password(response)


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_a_private_page_asks(client, tree, kind):
    page = Page.objects.get(title="Giới thiệu")
    restrict(page, kind)
    response = client.get("/gioi-thieu/")
    assert asks_who_reads(response)
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_what_is_below_a_private_page_asks_too(client, tree, kind):
    restrict(Page.objects.get(title="Giới thiệu"), kind)
    assert asks_who_reads(client.get("/gioi-thieu/bo-may/"))


@pytest.mark.parametrize("kind", ["password", "login"])
def test_an_article_of_a_private_section_asks(client, tree, section, kind):
    restrict(section, kind)
    assert asks_who_reads(client.get("/tin-tuc/"))
    assert asks_who_reads(client.get("/tin-tuc/tin/"))


@pytest.mark.parametrize("kind", ["password", "login"])
def test_an_alias_of_a_private_page_asks(client, tree, home, kind):
    page = Page.objects.get(title="Bộ máy").specific
    alias = page.create_alias(parent=home, update_slug="ban-sao")
    restrict(page, kind)
    assert asks_who_reads(client.get(alias.url))


def test_the_pages_beside_a_private_page_do_not_ask(client, tree):
    restrict(Page.objects.get(title="Giới thiệu"), "password")
    for path in ("/", "/tin-tuc/", "/tin-tuc/tin/", "/en/"):
        assert client.get(path).context["page"]


def test_a_private_page_opens_to_its_password(client, tree):
    restrict(Page.objects.get(title="Giới thiệu"), "password")
    asked = client.get("/gioi-thieu/")
    answer = {"password": PASSWORD, "return_url": "/gioi-thieu/"}
    response = client.post(asked.context["action_url"], answer)
    assert response.status_code == 302
    opened = client.get(response["Location"])
    assert opened.context["page"].title == "Giới thiệu"
    assert "private" in opened["Cache-Control"]


def test_a_private_page_stays_closed_to_a_wrong_password(client, tree):
    restrict(Page.objects.get(title="Giới thiệu"), "password")
    asked = client.get("/gioi-thieu/")
    answer = {"password": "sai", "return_url": "/gioi-thieu/"}
    response = client.post(asked.context["action_url"], answer)
    assert response.status_code == 200
    assert asks_who_reads(response)
    assert asks_who_reads(client.get("/gioi-thieu/"))


def test_the_sign_in_that_a_private_page_asks_for_is_there(client, tree):
    restrict(Page.objects.get(title="Giới thiệu"), "login")
    response = client.get("/gioi-thieu/", follow=True)
    assert response.status_code == 200
    assert 'name="username"' in response.content.decode()


def test_a_private_page_opens_to_who_is_signed_in(client, tree, editor):
    restrict(Page.objects.get(title="Giới thiệu"), "login")
    client.force_login(editor)
    assert client.get("/gioi-thieu/bo-may/").context["page"].title == "Bộ máy"


def test_a_private_page_opens_to_its_group_alone(client, tree, editor, moderator):
    restriction = restrict(Page.objects.get(title="Giới thiệu"), "groups")
    restriction.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(editor)
    assert asks_who_reads(client.get("/gioi-thieu/"))
    client.force_login(moderator)
    assert client.get("/gioi-thieu/").context["page"].title == "Giới thiệu"


# Private pages in lists


@pytest.fixture
def lists(client, home, section):
    """A function that returns the pages with lists for readers, as HTML by path."""
    page = PlainPageFactory(parent=home, title="Trang thường", show_in_menus=True)
    reading = ArticleFactory(parent=section, title="Đang đọc")

    def addresses():
        return {
            path: client.get(path).content.decode()
            for path in ("/", section.url, page.url, reading.url)
        }

    return addresses


def named_in(lists, page):
    """Return the paths of the pages that link to `page`."""
    return [path for path, text in lists().items() if f'href="{page.url}"' in text]


def test_a_private_page_is_not_in_the_menu(lists, home):
    page = PlainPageFactory(parent=home, title="Nội bộ", show_in_menus=True)
    assert len(named_in(lists, page)) == 4
    restrict(page, "password")
    assert named_in(lists, page) == []


def test_a_private_article_is_in_no_list(lists, home, section):
    article = ArticleFactory(parent=section, title="Nội bộ")
    HomePageLead.objects.create(home=home, article=article, sort_order=0)
    assert len(named_in(lists, article)) == 3
    restrict(article, "password")
    assert named_in(lists, article) == []


def test_a_private_section_and_its_articles_are_in_no_list(lists, home):
    closed = SectionFactory(parent=home, title="Nội bộ", show_in_menus=True)
    article = ArticleFactory(parent=closed, title="Tin nội bộ")
    restrict(closed, "login")
    assert named_in(lists, closed) == []
    assert named_in(lists, article) == []


def test_an_alias_of_a_private_article_is_in_no_list(lists, home, section):
    article = ArticleFactory(parent=section, title="Nội bộ")
    alias = article.create_alias(parent=SectionFactory(parent=home), update_slug="ban-sao")
    restrict(article, "password")
    assert named_in(lists, alias) == []


def test_an_alias_of_a_private_page_hides_nothing_else(lists, home, section):
    """Lists of public pages do not change."""
    other = ArticleFactory(parent=section, title="Tin công khai")
    before = named_in(lists, other)
    article = ArticleFactory(parent=section, title="Nội bộ")
    article.create_alias(parent=SectionFactory(parent=home), update_slug="ban-sao")
    restrict(article, "password")
    assert named_in(lists, other) == before
    assert len(named_in(lists, section)) == 4


def test_the_articles_beside_a_private_one_stay_in_the_list(lists, section):
    first = ArticleFactory(parent=section, title="Một")
    others = [ArticleFactory(parent=section, title=f"Tin {number}") for number in range(2, 5)]
    restrict(first, "password")
    for other in others:
        assert section.url in named_in(lists, other)


def test_the_language_switch_does_not_name_a_private_translation(client, home, section, english):
    article = ArticleFactory(parent=section, title="Tin", body=json.dumps([]))
    english_article = article.copy_for_translation(english)
    english_article.save_revision().publish()
    assert english_article.url in client.get(article.url).content.decode()
    restrict(Page.objects.get(pk=english_article.pk), "password")
    assert english_article.url not in client.get(article.url).content.decode()
