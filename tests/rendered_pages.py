"""Helpers that fetch and parse a page, and extract its texts."""

from bs4 import BeautifulSoup


def read(client, address, status=200):
    """Fetch `address`, check that the response has `status`, and return the parsed page."""
    response = client.get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.content, "html.parser")


def text_of(element):
    """Return the text of `element` with single spaces."""
    return " ".join(element.get_text(" ").split())


def links(element, selector="a"):
    """Return the texts of the links that `selector` finds."""
    return [text_of(link) for link in element.select(selector)]


def content_of(response):
    """Return the whole content of a response, also of one that is streamed."""
    return b"".join(response) if response.streaming else response.content
