"""The password of a private page: limits apply to an address and never lock out all readers."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.models import FailedAttempts
from cms.users.attempts import record_attempt
from cms.users.page_passwords import counter_for
from tests.cms.users.sign_in import ELSEWHERE, HERE
from tests.factories import ArticleFactory, DocumentFactory, PlainPageFactory
from tests.privacy import restrict

PASSWORD = "hop-noi-bo-thang-ba"


@pytest.fixture
def page(section):
    """A private article."""
    return restrict_by_password(ArticleFactory(parent=section, title="Họp nội bộ"))


def restrict_by_password(page):
    """Protect the page with a password, and return it."""
    restrict(page, "password", password=PASSWORD)
    return page


def address_of_form(page, language=""):
    """Return the URL to which the form of the page is sent."""
    restriction = page.view_restrictions.get()
    return f"{language}/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"


def enter(page, password=PASSWORD, client=None, address=HERE, return_url=None, language=""):
    """Send the password form of the page, and return the response."""
    form = {"password": password, "return_url": page.url if return_url is None else return_url}
    client = client or Client()
    return client.post(address_of_form(page, language), form, REMOTE_ADDR=address)


def fail_page_password(page, times, **kwargs):
    """Enter `times` wrong passwords, and return the last response."""
    for number in range(times):
        response = enter(page, password=f"sai-{number}", **kwargs)
    return response


def test_the_form_is_sent_where_the_limits_are(client, page):
    text = client.get(page.url).content.decode()
    assert f'action="{address_of_form(page)}"' in text


def test_the_right_password_opens_the_page(client, page):
    assert enter(page, client=client)["Location"] == page.url
    assert "Họp nội bộ" in client.get(page.url).content.decode()
    assert not FailedAttempts.objects.exists()


def test_twenty_wrong_passwords_close_the_page_to_an_address(page):
    assert fail_page_password(page, 20).status_code == 200
    assert enter(page).status_code == 429


def test_it_is_never_closed_to_other_addresses(page):
    for number in range(25):
        fail_page_password(page, 3, address=f"198.51.100.{number}")
    assert enter(page, address=ELSEWHERE).status_code == 302


def test_fifty_failures_over_all_pages_close_them_to_an_address(section, page):
    for number in range(3):
        other = restrict_by_password(ArticleFactory(parent=section, title=f"Bài kín {number}"))
        assert fail_page_password(other, 17 if number < 2 else 16).status_code == 200
    assert enter(page).status_code == 429
    assert enter(page, address=ELSEWHERE).status_code == 302


def test_twenty_failures_at_one_page_leave_the_others_open(section, page):
    other = restrict_by_password(ArticleFactory(parent=section, title="Bài kín"))
    fail_page_password(page, 21)
    assert enter(other).status_code == 302


def test_the_page_in_the_address_opens_no_further_tries(section, page):
    """A restriction has one counter, whichever page the URL of its form names."""
    other = ArticleFactory(parent=section, title="Bài mở")
    restriction = page.view_restrictions.get()
    for number in range(20):
        shown = (page, other)[number % 2]
        Client().post(
            f"/_util/authenticate_with_password/{restriction.pk}/{shown.pk}/",
            {"password": "sai", "return_url": "/"},
            REMOTE_ADDR=HERE,
        )
    assert enter(page).status_code == 429


def test_it_opens_after_an_hour(page, clock):
    fail_page_password(page, 20)
    clock.pass_minutes(59)
    assert enter(page)["Retry-After"] == "60"
    clock.pass_minutes(2)
    assert enter(page).status_code == 302


def test_an_office_opens_it_as_often_as_it_likes(page):
    for _number in range(25):
        assert enter(page).status_code == 302


def test_a_browser_that_opened_it_is_not_asked_again(client, page):
    enter(page, client=client)
    fail_page_password(page, 20)
    assert client.get(page.url, REMOTE_ADDR=HERE).status_code == 200
    assert "Họp nội bộ" in client.get(page.url, REMOTE_ADDR=HERE).content.decode()
    assert enter(page, client=client)["Location"] == page.url


def test_a_browser_that_opened_it_cannot_guess_a_new_password(client, page):
    enter(page, client=client)
    page.view_restrictions.update(password="mot-mat-khau-khac")
    answers = {enter(page, guess, client)["Location"] for guess in ("sai", "mot-mat-khau-khac")}
    assert answers == {page.url}


def test_a_closed_page_writes_nothing(page):
    fail_page_password(page, 20)
    with CaptureQueriesContext(connection) as queries:
        assert enter(page).status_code == 429
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


# Values that are no URL of this site. Some of them are names of views.
NOWHERE_HERE = [
    "https://example.com/",
    "//example.com/",
    "///example.com/",
    "/\\example.com/",
    "\\\\x.vn",
    "javascript:alert(1)",
    "ftp://testserver/",
    "http:///example.com/",
    "abc",
    "./abc",
    "?page=2",
    "wagtailadmin_logout",
    "",
    " ",
]

SOMEWHERE_HERE = {
    "/en/news/?page=2": "/en/news/?page=2",
    " /en/ ": "/en/",
    "/tin-tức/": "/tin-t%E1%BB%A9c/",
    "/a\nb": "/a%0Ab",
    "http://testserver/en/": "http://testserver/en/",
    "HTTPS://testserver/en/": "HTTPS://testserver/en/",
}


@pytest.mark.parametrize("passed", [False, True])
@pytest.mark.parametrize("return_url", NOWHERE_HERE)
def test_the_form_leads_to_no_other_site(client, page, return_url, passed):
    if passed:
        enter(page, client=client)
    assert enter(page, client=client, return_url=return_url)["Location"] == "/admin/"


@pytest.mark.parametrize("passed", [False, True])
@pytest.mark.parametrize("return_url", SOMEWHERE_HERE)
def test_the_form_leads_to_an_address_of_this_site(client, page, return_url, passed):
    if passed:
        enter(page, client=client)
    location = enter(page, client=client, return_url=return_url)["Location"]
    assert location == SOMEWHERE_HERE[return_url]


def test_an_address_of_this_site_is_a_safe_one_when_the_form_came_safely(client, page):
    form = {"password": PASSWORD, "return_url": "http://testserver/en/"}
    response = client.post(address_of_form(page), form, secure=True)
    assert response["Location"] == "/admin/"


def test_a_wrong_password_begins_no_session(client, page):
    response = fail_page_password(page, 1, client=client)
    assert "sessionid" not in response.cookies
    assert "sessionid" not in fail_page_password(page, 20, client=client).cookies


def test_nobody_keeps_the_answer(page):
    assert "no-store" in fail_page_password(page, 21)["Cache-Control"]


def test_it_is_told_in_the_language_of_the_page(english_home):
    page = restrict_by_password(PlainPageFactory(parent=english_home, title="Internal"))
    text = fail_page_password(page, 21, language="/en").content.decode()
    assert '<html lang="en"' in text
    assert "Wait 60 minutes" in text
    assert "sign" not in text.split("<main")[1].split("</svg>")[1].lower()


def test_an_english_form_is_sent_to_an_english_address(client, english_home):
    page = restrict_by_password(PlainPageFactory(parent=english_home, title="Internal"))
    assert f'action="{address_of_form(page, "/en")}"' in client.get(page.url).content.decode()


def test_reading_asks_for_no_limit(client, page):
    enter(page, client=client)
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    assert not [q for q in queries if FailedAttempts._meta.db_table in q["sql"]]


def test_there_is_no_form_of_a_restriction_that_is_not_there(client, page):
    assert client.post(f"/_util/authenticate_with_password/99999/{page.pk}/").status_code == 404
    assert client.get(f"/_util/authenticate_with_password/99999/{page.pk}/").status_code == 404


@pytest.fixture
def document(db):
    """A file in a collection that a password protects."""
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    return DocumentFactory(collection=collection)


def test_the_password_of_a_collection_has_the_same_limits(client, document):
    restriction = document.collection.view_restrictions.get()
    address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])

    def enter(password, **extra):
        form = {"password": password, "return_url": "/"}
        return Client().post(address, form, **extra).status_code

    assert [enter("sai") for _ in range(21)] == [200] * 20 + [429]
    assert enter(PASSWORD) == 429
    assert enter(PASSWORD, REMOTE_ADDR=ELSEWHERE) == 302


@pytest.mark.parametrize("return_url", NOWHERE_HERE)
def test_the_form_of_a_collection_leads_to_no_other_site(client, document, return_url):
    restriction = document.collection.view_restrictions.get()
    address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    for _passed in (False, True):
        response = client.post(address, {"password": PASSWORD, "return_url": return_url})
        assert response["Location"] == "/admin/"


def test_the_form_of_a_collection_looks_like_that_of_a_page(client, document):
    restriction = document.collection.view_restrictions.get()
    address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    assert "Trang này không công khai" in client.get(address).content.decode()


def test_the_operators_command_opens_the_pages_to_an_address(page, document):
    fail_page_password(page, 20)
    record_attempt([counter_for(HERE, document.collection.view_restrictions.get())])
    call_command("lift_limits", "--address", ELSEWHERE, stdout=StringIO())
    assert enter(page).status_code == 429
    call_command("lift_limits", "--address", HERE, stdout=StringIO())
    assert enter(page).status_code == 302
    assert not FailedAttempts.objects.exists()
