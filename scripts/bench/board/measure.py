"""Measures the board in the database of `DATABASE_URL`, and prints the figures as JSON."""

import json
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from django.test import Client

SIZES = (1_000, 100_000)
ROUNDS = 15
QUERIES = {
    "All languages": "",
    "One language": "?locale={french}",
    "Stale": "?state=stale",
    "The newest first": "?ordering=-posted_at",
    "One section, nobody's work": "?section={section}&work=nobody",
    "A search": "?q=thi+dua+77",
}


def main() -> None:
    """Increase the archive from size to size, and print the milliseconds that each list takes."""
    django.setup()
    call_command("migrate", verbosity=0)
    from scripts.bench.board import archive

    figures = {}
    for size in SIZES:
        archive.grow(size)
        figures[size] = {name: times(query) for name, query in addresses().items()}
    json.dump(figures, sys.stdout)


def addresses() -> dict[str, str]:
    """Return the query string of each list, with its primary keys."""
    from news.models import NewsIndexPage
    from scripts.bench.board import archive

    _english, french = archive.languages()
    keys = {
        "french": french.pk,
        "section": NewsIndexPage.objects.get(locale__language_code="vi").pk,
    }
    return {name: query.format(**keys) for name, query in QUERIES.items()}


def times(query: str) -> float:
    """Return the median time of the first page of the list in milliseconds."""
    from django.urls import reverse

    client, taken = administrator(), []
    for _round in range(ROUNDS + 1):
        began = time.perf_counter()
        response = client.get(reverse("translations:board") + query)
        taken.append(1000 * (time.perf_counter() - began))
        if response.status_code != 200:
            sys.exit(f"{query} answered {response.status_code}")
    return median(taken[1:])


def administrator() -> "Client":
    """Return the client of a user who sees every language."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.filter(is_superuser=True).first()
    client = Client()
    client.force_login(user or get_user_model().objects.create_superuser("quantri"))
    return client


if __name__ == "__main__":
    main()
