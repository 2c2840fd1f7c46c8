"""Nobody else can lock out a known browser, which is one that signed in before."""

import pytest
from django.core import signing
from django.test import Client

from cms.users import known_browsers
from cms.users.known_browsers import COOKIE
from tests.cms.users.sign_in import PASSWORD, close_account, close_address, fail_sign_in, sign_in
from tests.factories import member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    """An editor with a password."""
    return member_of("Editors", username="bientap", password=PASSWORD)


@pytest.fixture
def known_browser(account):
    """A browser that signed in to the account and out again."""
    browser = Client()
    sign_in(browser)
    browser.post("/admin/logout/")
    return browser


def test_it_signs_in_while_strangers_keep_the_account_closed(known_browser):
    close_account()
    assert sign_in(known_browser).status_code == 302


def test_it_signs_in_while_its_address_is_closed(known_browser):
    close_address()
    assert sign_in(known_browser).status_code == 302


def test_it_has_five_tries_of_its_own_a_quarter_of_an_hour(known_browser, clock):
    close_account()
    close_address()
    assert [fail_sign_in(known_browser, 1).status_code for _ in range(6)] == [200] * 5 + [429]
    assert sign_in(known_browser).status_code == 429
    clock.pass_minutes(14)
    assert sign_in(known_browser).status_code == 429
    clock.pass_minutes(2)
    assert sign_in(known_browser).status_code == 302


def test_signing_in_gives_it_five_tries_again(known_browser):
    fail_sign_in(known_browser, 4)
    assert sign_in(known_browser).status_code == 302
    known_browser.post("/admin/logout/")
    assert fail_sign_in(known_browser, 5).status_code == 200


def test_its_failures_count_for_the_account_and_for_the_address(known_browser):
    fail_sign_in(known_browser, 5)
    for number in range(15):
        assert fail_sign_in(Client(), 1, address=f"198.51.100.{number}").status_code == 200
    assert sign_in(Client(), address="192.0.2.1").status_code == 429


def test_signing_in_lifts_neither_the_limit_of_the_account_nor_that_of_the_address(known_browser):
    close_account()
    close_address()
    for _number in range(3):
        assert sign_in(known_browser).status_code == 302
        known_browser.post("/admin/logout/")
        assert sign_in(Client(), username="ten-99").status_code == 429
        assert sign_in(Client(), address="192.0.2.1").status_code == 429


def test_it_is_a_stranger_to_other_accounts(known_browser):
    member_of("Moderators", username="duyetbai", password=PASSWORD)
    close_account("duyetbai")
    assert sign_in(known_browser, username="duyetbai").status_code == 429


def test_the_browser_of_an_office_is_known_to_several_people(known_browser, account):
    member_of("Moderators", username="duyetbai", password=PASSWORD)
    sign_in(known_browser, username="duyetbai")
    known_browser.post("/admin/logout/")
    close_account()
    close_account("duyetbai")
    assert sign_in(known_browser).status_code == 302
    known_browser.post("/admin/logout/")
    assert sign_in(known_browser, username="duyetbai").status_code == 302


def test_it_is_known_to_the_last_five_people_alone(known_browser, account):
    for number in range(5):
        member_of("Editors", username=f"ban-{number}", password=PASSWORD)
        sign_in(known_browser, username=f"ban-{number}")
        known_browser.post("/admin/logout/")
    close_account("ban-0")
    close_account()
    assert sign_in(known_browser).status_code == 429
    assert sign_in(known_browser, username="ban-0").status_code == 302
    assert len(known_browser.cookies[COOKIE].value) < 2000


def test_a_new_password_of_the_account_makes_it_a_stranger(known_browser, account):
    account.set_password("Ruong-bac-thang-7")
    account.save()
    close_account()
    assert sign_in(known_browser, password="Ruong-bac-thang-7").status_code == 429


def test_it_is_known_for_thirty_days(known_browser, monkeypatch):
    close_account()
    at_signing_in = known_browsers.time.time()
    for days, status in ((31, 429), (29, 302)):
        later = at_signing_in + days * 24 * 3600
        monkeypatch.setattr(known_browsers.time, "time", lambda later=later: later)
        # The clock of the limits does not move.
        monkeypatch.setattr("cms.users.attempts.now", lambda: at_signing_in)
        assert sign_in(known_browser).status_code == status, days


def test_signing_in_to_another_account_makes_it_known_for_no_longer(known_browser, monkeypatch):
    member_of("Moderators", username="duyetbai", password=PASSWORD)
    at_signing_in = known_browsers.time.time()
    later = at_signing_in
    monkeypatch.setattr(known_browsers.time, "time", lambda: later)
    # The clock of the limits does not move.
    monkeypatch.setattr("cms.users.attempts.now", lambda: at_signing_in)
    later += 20 * 24 * 3600
    sign_in(known_browser, username="duyetbai")
    known_browser.post("/admin/logout/")
    close_account()
    close_account("duyetbai")
    later += 11 * 24 * 3600
    assert sign_in(known_browser).status_code == 429
    assert sign_in(known_browser, username="duyetbai").status_code == 302


@pytest.mark.parametrize("value", ["", "x", "W10:1abcde:signature", "[]", "é" * 10, "a" * 4000])
def test_a_forged_cookie_makes_nobody_known(account, value):
    close_account()
    stranger = Client()
    stranger.cookies[COOKIE] = value
    assert sign_in(stranger).status_code == 429


def test_a_cookie_that_another_part_of_the_site_signed_makes_nobody_known(account):
    close_account()
    for value in (7, "text", [[1, 2]], [["a", "b", "c", "d"]], {}):
        stranger = Client()
        stranger.cookies[COOKIE] = signing.dumps(value, salt="another")
        assert sign_in(stranger).status_code == 429


def test_the_cookie_is_for_the_admin_alone_and_names_nobody(known_browser, account, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = sign_in(Client()).cookies[COOKIE]
    assert cookie["path"] == "/admin/"
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 30 * 24 * 3600
    content = str(signing.loads(cookie.value, salt=known_browsers.SALT))
    assert "bientap" not in content
    assert account.password not in content


def test_a_wrong_password_gives_no_cookie(account):
    stranger = Client()
    fail_sign_in(stranger, 1)
    assert COOKIE not in stranger.cookies


def test_the_sign_in_of_private_pages_replaces_no_cookie(account):
    """The sign-in form of private pages does not replace the cookie.

    The browser does not send the cookie there, so a new one would lose the other known accounts.
    """
    form = {"username": "bientap", "password": PASSWORD, "next": "/"}
    browser = Client()
    response = browser.post("/_util/login/", form)
    assert response.status_code == 302
    assert "sessionid" in response.cookies
    assert COOKIE not in response.cookies
