"""The site's answer to a role, in one word, and the table of the expected answers."""

import csv
import re
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import wagtail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.newsroom import ROLES, Newsroom

# The table has a row for each method and address, and a column for each role.
TABLE = Path(__file__).with_name("answers.tsv")

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"

METHODS = ("GET", "POST")

SIGN_IN = "sign in"
REFUSED = "refused"
CHANGED = " changed"

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')

SAVEPOINT = re.compile(r'(ROLLBACK TO )?SAVEPOINT "(\w+)"')

# Tables that the mere viewing of a page may write to.
BOOKKEEPING_TABLES = {
    "django_session",
    "cms_portalrendition",
    "visitors_countstate",
    "visitors_presence",
    "visitors_visitorhour",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
}


def client_of(role: str, newsroom: Newsroom) -> Client:
    """Return a test client in which `role` is signed in, unless it is anonymous."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(newsroom.people[role])
    return client


def answer(client: Client, method: str, address: str) -> str:
    """Send a request with an empty form, roll everything back, and return the answer in one word.

    The answer is "sign in", "refused" (403, or a redirect to the admin's first page), or the
    status. If rows were written, the answer is the status and "changed", because a status of 302
    alone does not show that.
    """
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic(), written_tables() as written:
        response = client.generic(method, address, content_type=content_type(method))
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    if method == "POST":
        cache.clear()
    return f"{response.status_code}{CHANGED}" if written else word_for(response)


@contextmanager
def written_tables():
    """Collect the names of the tables written in the block, except `BOOKKEEPING_TABLES`.

    Writes that the block itself rolls back do not count.
    """
    written, before = set(), {}

    def note(execute, sql, params, many, context):
        if point := SAVEPOINT.match(sql):
            undone, name = point.groups()
            if undone:
                written.intersection_update(before[name])
            else:
                before[name] = set(written)
        if (write := WRITES.match(sql)) and write[1] not in BOOKKEEPING_TABLES:
            written.add(write[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def content_type(method):
    """Return the content type that a browser sends with an empty form."""
    return "application/x-www-form-urlencoded" if method == "POST" else ""


def word_for(response) -> str:
    """Return the word for a response, as described in `answer`."""
    if response.status_code == 403:
        return REFUSED
    if response.status_code == 302:
        if response.url.startswith(reverse("wagtailadmin_login")):
            return SIGN_IN
        if response.url == reverse("wagtailadmin_home"):
            return REFUSED
    return str(response.status_code)


def is_next_wagtail() -> bool:
    """Return whether the installed Wagtail is another version than the one in requirements.txt."""
    return f"wagtail=={wagtail.__version__}" not in REQUIREMENTS.read_text().split()


def read_table() -> dict[tuple[str, str], dict[str, str]]:
    """Return the expected answers by method and name of the address, then by role."""
    with TABLE.open(newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            (row["method"], row["address"]): {role: row[role] for role in ROLES} for row in rows
        }


def write_table(answers: dict[tuple[str, str], dict[str, str]]) -> None:
    """Write the answers to the table, which somebody must then review line by line."""
    with TABLE.open("w", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["method", "address", *ROLES])
        for (method, address), words in answers.items():
            writer.writerow([method, address, *(words[role] for role in ROLES)])
