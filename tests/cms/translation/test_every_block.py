"""A body with every block and every field filled: written, read, translated, and read again."""

import json
import re

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.blocks import BodyBlock
from home.models import PlainPage
from news.models import ArticlePage
from tests.cms.filled_body import WORD, FilledBody
from tests.cms.translation.conftest import editor_of, localize
from tests.factories import ArticleFactory, PlainPageFactory
from tests.news.reader import in_english

EXEMPT = []
"""Kinds of block whose values may differ after a translation: none."""

MARKED = re.compile(rf"{WORD} \d+")


@pytest.fixture
def raw(section):
    """The raw stream of a body with everything in it."""
    older = ArticleFactory(parent=section, title=f"{WORD} 0")
    in_english(older, "Text 0")
    return FilledBody([older]).raw()


@pytest.fixture(params=[ArticlePage, PlainPage])
def page(request, raw, section, home):
    """A published Vietnamese page with that body."""
    if request.param is ArticlePage:
        return ArticleFactory(parent=section, title="Bài đầy đủ", body=json.dumps(raw))
    return PlainPageFactory(parent=home, title="Trang đầy đủ", body=json.dumps(raw))


@pytest.fixture
def translated(desk_of, page, english):
    """The English page after a PO file in which each marked text has its counterpart."""
    translate_object(page, [english])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    desk = desk_of("translator")
    po = polib.pofile(desk.get(localize("download_pofile", translation.pk)).content.decode())
    for entry in po:
        entry.msgstr = entry.msgid.replace(WORD, "Text") if WORD in entry.msgid else "Full"
    upload = SimpleUploadedFile("en.po", str(po).encode())
    desk.post(localize("upload_pofile", translation.pk), {"file": upload})
    twin = translation.get_target_instance()
    desk_of("moderator").post(editor_of(twin), {"action": "publish"})
    return type(page).objects.get(pk=twin.pk)


def stored(page):
    """Return the body of `page` as it stands in the database."""
    return type(page).objects.get(pk=page.pk).body.get_prep_value()


def shown(client, page):
    """Return what readers are shown of `page`, its own text alone."""
    response = client.get(page.url)
    assert response.status_code == 200
    return str(BeautifulSoup(response.content, "html.parser").select_one("article .body"))


def test_the_body_has_every_kind_of_block(raw):
    assert {block["type"] for block in raw} == set(BodyBlock().child_blocks)
    assert EXEMPT == []


def test_what_is_written_is_what_is_stored(page, raw):
    assert stored(page) == raw


def test_the_editors_form_takes_it_as_it_is(page, raw):
    cleaned = page.body.stream_block.clean(page.body)
    assert json.loads(json.dumps(cleaned.get_prep_value(), cls=DjangoJSONEncoder)) == raw


def test_an_editor_can_open_it(client, moderator, page):
    client.force_login(moderator)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_readers_are_shown_every_text(client, page, raw):
    content = shown(client, page)
    texts = set(MARKED.findall(json.dumps(raw, ensure_ascii=False)))
    assert len(texts) > 35
    assert {text for text in texts if not re.search(rf"{text}\b", content)} == set()


def test_every_value_comes_back_from_translation(translated, raw):
    expected = json.loads(json.dumps(raw, ensure_ascii=False).replace(WORD, "Text"))
    assert stored(translated) == expected


def test_the_english_page_shows_every_text_in_english(client, translated, raw):
    content = shown(client, translated)
    texts = set(MARKED.findall(json.dumps(raw, ensure_ascii=False)))
    assert WORD not in content
    english = {text.replace(WORD, "Text") for text in texts}
    assert {text for text in english if not re.search(rf"{text}\b", content)} == set()


def test_the_vietnamese_page_is_left_as_it_was(client, page, translated, raw):
    assert stored(page) == raw
    assert "Text" not in shown(client, page)


def test_a_translator_can_open_it(client, translator, translated):
    client.force_login(translator)
    assert client.get(editor_of(translated)).status_code == 200
