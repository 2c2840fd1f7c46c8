"""Fixtures for blocks as readers get them."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.factories import ArticleFactory


@pytest.fixture
def read_article(client, section):
    """A function that publishes a body and returns the article as readers get it."""

    def publish_and_read(*blocks):
        article = ArticleFactory(parent=section, title="Tin", body=json.dumps(blocks))
        response = client.get(article.url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").select_one("article")

    return publish_and_read
