"""The portal as a reader gets it: addresses fetched and taken apart, and pages put into English."""

from bs4 import BeautifulSoup
from wagtail.models import Locale

from cms.text.slugs import slug_from


def read(client, address, status=200):
    """Fetch `address`, which must answer with `status`, and return it parsed."""
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def words(element):
    """Return the text of `element` with single spaces."""
    return " ".join(element.get_text(" ").split())


def links(element, selector="a"):
    """Return the texts of the links that `selector` finds."""
    return [words(link) for link in element.select(selector)]


def in_english(page, title, **fields):
    """Publish an English twin of `page`, whose parents have theirs, and return it."""
    twin = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in {"title": title, "slug": slug_from(title), **fields}.items():
        setattr(twin, name, value)
    twin.save_revision().publish()
    return type(page).objects.get(pk=twin.pk)
