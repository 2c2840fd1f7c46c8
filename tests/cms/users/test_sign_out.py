"""Signing out: a link shows a button, the button ends the session."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

ADDRESS = "/admin/logout/"


@pytest.fixture
def signed_in(client, editor):
    """A browser of an editor."""
    client.force_login(editor)
    return client


def test_a_link_shows_one_button_and_changes_nothing(signed_in):
    before = list(Session.objects.values_list("pk", "session_data"))
    response = signed_in.get(ADDRESS)
    assert response.status_code == 200
    assert len(re.findall(r"<button|<input type=.submit", response.content.decode())) == 1
    assert f'action="{ADDRESS}" method="post"' in response.content.decode()
    assert list(Session.objects.values_list("pk", "session_data")) == before
    assert "sessionid" not in response.cookies
    assert "no-store" in response["Cache-Control"]
    assert signed_in.get("/admin/").status_code == 200


def test_the_page_speaks_the_language_of_the_member(signed_in):
    assert '<html lang="vi"' in signed_in.get(ADDRESS).content.decode()


def test_asking_for_its_headers_changes_nothing_either(signed_in):
    assert signed_in.head(ADDRESS).status_code == 200
    assert signed_in.get("/admin/").status_code == 200


def test_the_button_ends_the_session_on_the_server(signed_in):
    copy = Client()
    copy.cookies["sessionid"] = signed_in.cookies["sessionid"].value
    assert copy.get("/admin/").status_code == 200
    response = signed_in.post(ADDRESS)
    assert response.status_code == 302
    assert response["Location"] == "/admin/login/"
    assert not Session.objects.exists()
    assert copy.get("/admin/").status_code == 302


def test_another_site_cannot_press_the_button(editor):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    assert browser.post(ADDRESS).status_code == 403
    assert browser.get("/admin/").status_code == 200


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(client, db):
    for response in (client.get(ADDRESS), client.post(ADDRESS)):
        assert response.status_code == 302
        assert response["Location"] == "/admin/login/"


def test_an_account_without_access_to_the_admin_can_sign_out_too(client, editor):
    editor.groups.clear()
    client.force_login(editor)
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS)["Location"] == "/admin/login/"
    assert not Session.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_not_allowed(signed_in, method):
    for browser in (signed_in, Client()):
        response = getattr(browser, method)(ADDRESS)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST"
    assert signed_in.get("/admin/").status_code == 200
