"""Tests for the health checks."""

from contextlib import ExitStack
from unittest.mock import patch

import pytest
from django.db import InterfaceError, OperationalError, connection


@pytest.fixture
def fail_with(db):
    """A function that makes every use of the database fail until the test ends."""
    with ExitStack() as until_the_end:
        yield lambda error: until_the_end.enter_context(
            patch.object(connection, "cursor", side_effect=error)
        )


@pytest.fixture
def no_database(fail_with):
    """A database that cannot be reached, as when its server has stopped."""
    fail_with(OperationalError("connection refused"))


def test_the_process_says_that_it_is_up(client, db):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_the_process_is_up_without_a_database(client, no_database):
    assert client.get("/healthz").status_code == 200


def test_the_process_is_asked_without_a_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_the_process_is_ready_when_its_database_answers(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_the_process_is_not_ready_without_its_database(client, no_database):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]


def test_the_process_is_not_ready_when_its_connection_was_closed(client, fail_with):
    fail_with(InterfaceError("connection already closed"))
    assert client.get("/readyz").status_code == 503


def test_who_watches_is_not_told_where_the_database_is(client, fail_with):
    fail_with(OperationalError("no route to db.internal.example"))
    assert b"internal" not in client.get("/readyz").content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_who_watches_is_not_sent_to_https(client, db, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200


def test_a_page_without_a_database_is_an_error_that_says_so(client, no_database):
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert '<html lang="vi"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_error_is_in_the_language_of_the_address(client, no_database):
    client.raise_request_exception = False
    assert '<html lang="en"' in client.get("/en/").content.decode()
