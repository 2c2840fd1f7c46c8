"""Signing out: a link shows a button, and the button ends the session."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

ADDRESS = "/admin/logout/"


@pytest.fixture
def editor_client(client, editor):
    """A client of a signed-in editor."""
    client.force_login(editor)
    return client


def test_a_link_shows_one_button_and_changes_nothing(editor_client):
    before = list(Session.objects.values_list("pk", "session_data"))
    response = editor_client.get(ADDRESS)
    assert response.status_code == 200
    assert len(re.findall(r"<button|<input type=.submit", response.content.decode())) == 1
    assert f'action="{ADDRESS}" method="post"' in response.content.decode()
    assert list(Session.objects.values_list("pk", "session_data")) == before
    assert "sessionid" not in response.cookies
    assert "no-store" in response["Cache-Control"]
    assert editor_client.get("/admin/").status_code == 200


def test_the_page_speaks_the_language_of_the_member(editor_client):
    assert '<html lang="vi"' in editor_client.get(ADDRESS).content.decode()


def test_asking_for_its_headers_changes_nothing_either(editor_client):
    assert editor_client.head(ADDRESS).status_code == 200
    assert editor_client.get("/admin/").status_code == 200


def test_the_button_ends_the_session_on_the_server(editor_client):
    copy = Client()
    copy.cookies["sessionid"] = editor_client.cookies["sessionid"].value
    assert copy.get("/admin/").status_code == 200
    response = editor_client.post(ADDRESS)
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
def test_other_methods_are_not_allowed(editor_client, method):
    for browser in (editor_client, Client()):
        response = getattr(browser, method)(ADDRESS)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST"
    assert editor_client.get("/admin/").status_code == 200
