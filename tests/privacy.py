"""Helpers for tests of private pages."""

from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

PASSWORD = "mat-khau-2020"


def restrict(page, kind, *groups, password=PASSWORD):
    """Make `page` and all pages below it private.

    `kind` is "login", "password" or "groups".
    """
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password=password if kind == "password" else ""
    )
    restriction.groups.set(groups)
    return restriction


def asks_for_password(response):
    """Return whether the response contains the password form of a private page."""
    html = BeautifulSoup(response.content, "html.parser")
    return bool(html.select_one("input[type=password][name=password]"))
