"""A body with every block and every field filled is written, read, translated and read again."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from cms.blocks import BodyBlock
from cms.translation import localize
from home.models import PlainPage
from news.models import ArticlePage
from tests.cms.filled_body import WORD, FilledBody
from tests.cms.translation.conftest import editor_of, publish_translated
from tests.factories import ArticleFactory, PlainPageFactory, publish_english_translation

# Kinds of block whose values may differ after a translation: none.
EXEMPT = []

MARKED = re.compile(rf"{WORD} \d+")


@pytest.fixture
def raw_body(section):
    """The raw stream of a body with every block and every field."""
    older = ArticleFactory(parent=section, title=f"{WORD} 0")
    publish_english_translation(older, "Text 0")
    return FilledBody([older]).raw()


@pytest.fixture(params=[ArticlePage, PlainPage])
def page(request, raw_body, section, home):
    """A published Vietnamese page with that body."""
    if request.param is ArticlePage:
        return ArticleFactory(parent=section, title="Bài đầy đủ", body=json.dumps(raw_body))
    return PlainPageFactory(parent=home, title="Trang đầy đủ", body=json.dumps(raw_body))


def in_english_words(text):
    """Return the English text for a text. A text to translate is marked with `WORD`."""
    return text.replace(WORD, "Text") if WORD in text else "Full"


@pytest.fixture
def english_page(page, english, moderator):
    """The English page, on which each marked text is translated."""
    return publish_translated(localize.start(page, english, moderator), in_english_words, moderator)


def stored_body(page):
    """Return the body of `page` as it is stored in the database."""
    return type(page).objects.get(pk=page.pk).body.get_prep_value()


def body_html(client, page):
    """Return the HTML of the page's own body, as readers see it."""
    response = client.get(page.url)
    assert response.status_code == 200
    return str(BeautifulSoup(response.content, "html.parser").select_one("article .body"))


def test_the_body_has_every_kind_of_block(raw_body):
    assert {block["type"] for block in raw_body} == set(BodyBlock().child_blocks)
    assert EXEMPT == []


def test_what_is_written_is_what_is_stored(page, raw_body):
    assert stored_body(page) == raw_body


def test_the_editors_form_takes_it_as_it_is(page, raw_body):
    cleaned = page.body.stream_block.clean(page.body)
    assert json.loads(json.dumps(cleaned.get_prep_value(), cls=DjangoJSONEncoder)) == raw_body


def test_an_editor_can_open_it(client, moderator, page):
    client.force_login(moderator)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_readers_are_shown_every_text(client, page, raw_body):
    content = body_html(client, page)
    texts = set(MARKED.findall(json.dumps(raw_body, ensure_ascii=False)))
    assert len(texts) > 35
    assert {text for text in texts if not re.search(rf"{text}\b", content)} == set()


def test_every_value_comes_back_from_translation(english_page, raw_body):
    expected = json.loads(json.dumps(raw_body, ensure_ascii=False).replace(WORD, "Text"))
    assert stored_body(english_page) == expected


def test_the_english_page_shows_every_text_in_english(client, english_page, raw_body):
    content = body_html(client, english_page)
    texts = set(MARKED.findall(json.dumps(raw_body, ensure_ascii=False)))
    assert WORD not in content
    english = {text.replace(WORD, "Text") for text in texts}
    assert {text for text in english if not re.search(rf"{text}\b", content)} == set()


def test_the_vietnamese_page_is_left_as_it_was(client, page, english_page, raw_body):
    assert stored_body(page) == raw_body
    assert "Text" not in body_html(client, page)


def test_a_translator_can_open_it(client, translator, english_page):
    client.force_login(translator)
    assert client.get(editor_of(english_page), follow=True).status_code == 200
