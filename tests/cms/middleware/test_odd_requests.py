"""Tests for requests that no browser sends, and for odd input that an editor may type."""

import pytest

from cms.middleware.charset import refuse_other_charsets

QUOTES = ['"', 'a "b', '"a b', 'title:"x', '"a b"']
SEARCHES = ["/admin/images/", "/admin/images/chooser/results/", "/admin/pages/search/"]


@pytest.mark.parametrize("query", QUOTES)
@pytest.mark.parametrize("address", SEARCHES)
def test_a_quotation_may_be_left_open(client, editor, address, query):
    client.force_login(editor)
    assert client.get(address, {"q": query}).status_code == 200


@pytest.mark.parametrize("charset", ["rot13", "base64", "idna", "utf-16", "nonsense"])
def test_another_charset_than_utf_8_is_refused(charset):
    assert answer(f"text/html; charset={charset}") == "400 Bad Request"


@pytest.mark.parametrize("charset", ["; charset=utf-8", '; charset="UTF-8"', "; charset=utf8", ""])
def test_utf_8_is_let_through(charset):
    assert answer(f"text/html{charset}") == "204 No Content"


def answer(content_type):
    """Return the status of the response of the wrapped application."""
    statuses = []

    def application(environ, start_response):
        start_response("204 No Content", [])
        return []

    refuse_other_charsets(application)(
        {"CONTENT_TYPE": content_type}, lambda status, _: statuses.append(status)
    )
    return statuses.pop()


def test_a_number_that_no_database_holds_is_none(client, moderator, home):
    client.force_login(moderator)
    response = client.get(f"/admin/pages/{home.pk}/", {"content_type": "9" * 30})
    assert response.status_code == 200
