"""Tests for maintenance mode."""

import os
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.cms.visitors.conftest import token

PAGES = {"/": "vi", "/tin-tuc/": "vi", "/nothing/": "vi", "/en/": "en", "/en/nothing/": "en"}
OTHERS = ["/admin/", "/admin/login/", "/media/a.jpg", "/robots.txt", "/sitemap.xml", "/readyz"]


@pytest.fixture(autouse=True)
def flag(settings, tmp_path):
    """The path of the flag file of this test. The site is open."""
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return settings.MAINTENANCE_FILE


@pytest.fixture
def closed(flag):
    """A site in maintenance mode."""
    flag.touch()


def maintenance(*state):
    """Run the command and return its output."""
    said = StringIO()
    call_command("maintenance", *state, stdout=said)
    return said.getvalue()


# Responses


@pytest.mark.parametrize(("path", "language"), PAGES.items())
def test_a_page_says_in_its_language_that_the_site_comes_back(closed, client, path, language):
    response = client.get(path)
    page = BeautifulSoup(response.content, "html.parser")
    with translation.override(language):
        title = translation.gettext("Back in a moment")
    assert response.status_code == 503
    assert response["Content-Language"] == page.html["lang"] == language
    assert page.title.text == page.h1.text == title


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/visitors/"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_every_address_is_closed_and_says_when_to_come_again(closed, client, method, path):
    response = getattr(client, method)(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "600"


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/visitors/"])
def test_nothing_of_the_closed_site_is_kept(closed, client, path):
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


def test_search_engines_do_not_list_the_closed_site(closed, client):
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_the_answer_keeps_the_strict_policy(closed, client):
    assert "default-src 'none'" in client.get("/")["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PAGES, *OTHERS, "/visitors/", "/healthz"])
def test_the_closed_site_asks_nothing_of_the_database(
    closed, client, administrator, django_assert_num_queries, path
):
    client.force_login(administrator)
    with django_assert_num_queries(0):
        client.get(path)


def test_the_admin_is_closed_to_administrators_too(closed, client, administrator):
    client.force_login(administrator)
    assert client.get("/admin/").status_code == 503


def test_a_session_outlives_the_closed_site(closed, flag, client, administrator):
    client.force_login(administrator)
    client.get("/admin/")
    flag.unlink()
    assert client.get("/admin/").status_code == 200


def test_a_beat_is_told_in_json(closed, client):
    response = client.post("/visitors/", {"token": token(1), "sequence": 1})
    assert response.status_code == 503
    assert response.json() == {"error": "maintenance"}


def test_the_process_still_says_that_it_is_up(closed, client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"


def test_what_the_page_is_made_of_comes_with_it_or_is_still_served(settings, closed, client):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.find("style").string
    for address in (page.find("script")["src"], page.find("link", rel="icon")["href"]):
        assert client.get(address).status_code == 200


def test_the_closed_site_does_not_fill_the_log(closed, client, caplog):
    client.get("/")
    client.post("/visitors/")
    assert caplog.records == []


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_request_looks_for_the_flag_once(flag, client, home, monkeypatch, is_closed):
    if is_closed:
        flag.touch()
    stat, looked = os.stat, []
    monkeypatch.setattr(os, "stat", lambda path, **how: looked.append(path) or stat(path, **how))
    client.get("/")
    assert looked.count(flag) == 1


# The command


def test_the_command_closes_the_site_and_opens_it_without_a_restart(client, home):
    assert client.get("/").status_code == 200
    assert maintenance("on") == "Maintenance is on.\n"
    assert client.get("/").status_code == 503
    assert maintenance("off") == "Maintenance is off.\n"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("state", ["on", "off"])
def test_the_command_says_which_it_is_and_changes_nothing(flag, state):
    maintenance(state)
    before = flag.exists()
    assert maintenance() == f"Maintenance is {state}.\n"
    assert flag.exists() == before


@pytest.mark.parametrize("state", ["on", "off"])
def test_what_it_is_already_it_may_be_made_again(state):
    assert maintenance(state) == maintenance(state) == f"Maintenance is {state}.\n"


def test_the_command_knows_no_other_word():
    with pytest.raises(CommandError):
        maintenance("perhaps")


# `chmod` would not stop a test suite that runs as root. These places do.
@pytest.mark.parametrize("place", ["no/such/folder", "file/flag", ""])
def test_a_place_that_cannot_be_written_is_named_in_one_line(settings, tmp_path, place):
    (tmp_path / "file").touch()
    settings.MAINTENANCE_FILE = tmp_path / place
    with pytest.raises(CommandError) as error:
        maintenance("on")
    assert str(tmp_path / place) in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert maintenance() == "Maintenance is off.\n"
