"""Tests that a redirect never shows the address of a page to readers who may not open it.

The address of a page shows its title.
"""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.addresses.redirects import redirect_withdrawn_page
from tests.admin_forms import article_form
from tests.factories import ArticleFactory, SectionFactory, publish_english_translation, reload_page
from tests.privacy import PASSWORD, asks_for_password, restrict

FORMER = "/tin-tuc/cau-chuyen/"
SECRET = "bi-mat"


@pytest.fixture
def article(section):
    """A published article that will be private."""
    page = ArticleFactory(parent=section, title="Câu chuyện")
    page.save_revision().publish()
    return page


@pytest.fixture
def elsewhere(home):
    """A private section."""
    section = SectionFactory(parent=home, title="Bí mật")
    restrict(section, "password")
    return section


@pytest.fixture
def rename_draft(django_capture_on_commit_callbacks):
    """A function that gives an unpublished page another slug, as its form does."""

    def save_as(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save()
            page.save_revision()

    return save_as


def assert_asks_for_password(response):
    """Assert that this is the password form, and that it does not hold the present address."""
    assert SECRET not in str(response.headers) + response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert asks_for_password(response)


def answer_of(client, response, password=PASSWORD):
    """Submit the form in `response`, and return the response to it."""
    form = BeautifulSoup(response.content, "html.parser").form
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return client.post(form["action"], {**fields, "password": password})


def test_a_renamed_private_page_asks_for_the_password_at_its_former_address(
    client, article, rename
):
    restrict(article, "password")
    rename(reload_page(article), SECRET)
    assert_asks_for_password(client.get(FORMER))


def test_the_right_password_leads_on_and_the_redirect_is_not_cached(client, article, rename):
    restrict(article, "password")
    rename(reload_page(article), SECRET)
    response = answer_of(client, client.get(FORMER))
    assert response["Location"] == FORMER
    response = client.get(FORMER)
    assert (response.status_code, response["Location"]) == (301, f"/tin-tuc/{SECRET}/")
    assert "no-store" in response["Cache-Control"]
    assert client.get(response["Location"]).status_code == 200


def test_the_wrong_password_tells_no_address(client, article, rename):
    restrict(article, "password")
    rename(reload_page(article), SECRET)
    response = answer_of(client, client.get(FORMER), password="khac")
    assert SECRET not in response.content.decode()
    assert_asks_for_password(client.get(FORMER))


def test_a_page_for_accounts_asks_to_sign_in_at_its_former_address(client, article, rename):
    restrict(article, "login")
    rename(reload_page(article), SECRET)
    response = client.get(FORMER)
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={FORMER}")


def test_a_page_that_became_private_after_it_was_renamed_asks_too(client, article, rename):
    rename(reload_page(article), SECRET)
    restrict(article, "password")
    assert_asks_for_password(client.get(FORMER))


def test_a_page_moved_below_a_private_section_does_not_tell_of_it(client, article, elsewhere):
    reload_page(article).move(elsewhere, pos="last-child")
    assert_asks_for_password(client.get(FORMER))


def test_what_stands_below_a_renamed_private_section_asks_at_its_former_address(
    client, article, section, rename
):
    restrict(section, "password")
    rename(reload_page(section), SECRET)
    for former in (FORMER, "/tin-tuc/", "/tin-tuc/feed/"):
        assert_asks_for_password(client.get(former))


def test_the_translation_of_a_private_page_asks_at_its_former_address(client, article, rename):
    rename(publish_english_translation(article, "Story"), SECRET)
    restrict(article, "password")
    assert_asks_for_password(client.get("/en/news/story/"))


def test_a_withdrawn_page_that_was_moved_below_a_private_section_is_not_found(
    client, article, elsewhere
):
    reload_page(article).unpublish()
    reload_page(article).move(elsewhere, pos="last-child")
    response = client.get(FORMER)
    assert response.status_code == 404
    assert SECRET not in response.content.decode()


def test_a_withdrawn_page_that_was_renamed_is_gone_and_does_not_tell_its_new_address(
    client, article, rename_draft
):
    reload_page(article).unpublish()
    rename_draft(reload_page(article), SECRET)
    response = client.get(FORMER)
    assert response.status_code == 410
    assert SECRET not in str(response.headers) + response.content.decode()
    assert 'href="/tin-tuc/"' in response.content.decode()


def test_a_withdrawn_section_that_was_renamed_leads_to_its_published_articles_only(
    client, article, section, rename_draft
):
    section.unpublish()
    rename_draft(reload_page(section), SECRET)
    assert client.get("/tin-tuc/").status_code == 410
    assert client.get("/tin-tuc/feed/").status_code == 404
    assert client.get(FORMER)["Location"] == f"/{SECRET}/cau-chuyen/"


def test_an_article_renamed_below_a_section_that_was_renamed_and_withdrawn_is_found(
    client, article, section, rename, rename_draft
):
    rename(section, "thoi-su")
    rename(reload_page(article), "ten-moi")
    reload_page(section).unpublish()
    rename_draft(reload_page(section), "mua-thu")
    for former in (FORMER, "/thoi-su/cau-chuyen/", "/thoi-su/ten-moi/"):
        response = client.get(former, follow=True)
        assert response.status_code == 200, former
        assert response.redirect_chain[-1][0] == "/mua-thu/ten-moi/"


def test_a_renamed_page_that_is_published_again_is_found(client, article, rename, rename_draft):
    reload_page(article).unpublish()
    rename_draft(reload_page(article), SECRET)
    reload_page(article).save_revision().publish()
    assert client.get(FORMER)["Location"] == f"/tin-tuc/{SECRET}/"


def test_a_draft_renamed_in_its_form_does_not_tell_its_new_address(
    client, administrator, article, django_capture_on_commit_callbacks
):
    reload_page(article).unpublish()
    client.force_login(administrator)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, article_form(title="Bí mật", slug=SECRET))
    assert reload_page(article).slug == SECRET
    client.logout()
    assert client.get(FORMER).status_code == 410


def test_the_page_that_readers_are_sent_to_asks_once_it_is_private(client, article, section):
    successor = ArticleFactory(parent=section, title="Bí mật")
    reload_page(article).unpublish()
    redirect_withdrawn_page(reload_page(article), successor)
    restrict(successor, "password")
    assert_asks_for_password(client.get(FORMER))


@pytest.mark.parametrize(
    "link", [f"http://testserver/tin-tuc/{SECRET}", f"http://testserver/tin-tuc/{SECRET}/?a=1"]
)
def test_a_redirect_made_by_hand_tells_no_private_address(client, article, rename, link):
    restrict(article, "password")
    rename(reload_page(article), SECRET)
    Redirect.objects.create(old_path="/cu", redirect_link=link)
    assert_asks_for_password(client.get("/cu/"))


@pytest.mark.parametrize(
    "link", ["https://example.org/tin-tuc/", "http://testserver/khong-co/", "/a b/ồ/"]
)
def test_a_redirect_that_leads_to_no_page_of_ours_is_followed(client, home, link):
    Redirect.objects.create(old_path="/cu", redirect_link=link)
    assert client.get("/cu/").status_code == 301
