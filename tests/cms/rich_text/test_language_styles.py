"""Words marked as being in another language, in the editor and on the page."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features
from wagtail.test.utils.form_data import nested_form_data, rich_text

from cms.blocks.text import CalloutBlock, ParagraphBlock
from cms.rich_text.languages import LANGUAGE_FEATURES, LANGUAGES
from news.models import ArticlePage
from tests.admin_forms import add_address, article_form
from tests.factories import ArticleFactory

FEATURES = ParagraphBlock().features

MARKED = '<span lang="en">Quality of Service</span>'


def through_the_editor(html):
    """Return the stored inside of the paragraph `html` after the editor opened and saved it."""
    converter = ContentstateConverter(FEATURES)
    saved = converter.to_database_format(converter.from_database_format(f"<p>{html}</p>"))
    return BeautifulSoup(saved, "html.parser").p.decode_contents()


def stored(*ranges, text="Quality of Service"):
    """Return the stored HTML for the styles that a browser sends.

    `ranges` are pairs of a style and its length in characters.
    """
    styles = [{"style": style, "offset": 0, "length": length} for style, length in ranges]
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "entityRanges": []}
    content = {"blocks": [{**block, "inlineStyleRanges": styles}], "entityMap": {}}
    html = ContentstateConverter(FEATURES).to_database_format(json.dumps(content))
    return BeautifulSoup(html, "html.parser").p.decode_contents()


# The editor


def test_paragraphs_and_callouts_offer_the_languages():
    assert set(FEATURES) >= set(LANGUAGE_FEATURES)
    assert CalloutBlock().child_blocks["text"].features == FEATURES


@pytest.mark.parametrize(("code", "description"), LANGUAGES.items())
def test_a_language_has_a_short_label_and_a_description(code, description):
    data = features.get_editor_plugin("draftail", f"lang-{code}").data
    assert data["label"] == code.upper()
    assert data["description"] == description
    assert data["style"]
    with translation.override("en"):
        assert str(description).startswith("In ")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_mark_comes_back_from_the_editor(code):
    html = f'Hội thảo <span lang="{code}">về <b>dịch</b> vụ</span> tại <i>tỉnh</i>'
    assert through_the_editor(f'<span lang="{code}">dịch vụ</span>') == (
        f'<span lang="{code}">dịch vụ</span>'
    )
    words = BeautifulSoup(through_the_editor(html), "html.parser")
    assert words.get_text() == "Hội thảo về dịch vụ tại tỉnh"
    assert "".join(mark.get_text() for mark in words.select(f"[lang={code}]")) == "về dịch vụ"
    assert [bold.get_text() for bold in words.select("b")] == ["dịch"]


@pytest.mark.parametrize(
    "html",
    [
        f"Đo {MARKED} ở tỉnh",
        f"{MARKED}, tức chất lượng",
        f"Đo <b>{MARKED}</b>",
        f'Xem <a href="https://tinh.example/">bản {MARKED} mới</a> nhé',
        f'{MARKED} và <span lang="fr">service public</span>',
    ],
)
def test_what_stands_around_a_mark_is_left_as_it_is(html):
    assert through_the_editor(html) == html


def test_a_mark_overlapping_with_bold_keeps_its_words():
    words = BeautifulSoup(stored(("BOLD", 7), ("LANG-EN", 18)), "html.parser")
    assert words.get_text() == "Quality of Service"
    assert "".join(mark.get_text() for mark in words.select("[lang=en]")) == "Quality of Service"
    assert "".join(bold.get_text() for bold in words.select("b")) == "Quality"


HOSTILE = [
    '<span lang="xx">chữ</span>',
    '<span lang="">chữ</span>',
    "<span lang>chữ</span>",
    '<span lang="EN-us">chữ</span>',
    '<span lang="en&quot; onclick=&quot;alert(1)">chữ</span>',
    "<span lang=\"en' onclick='alert(1)\">chữ</span>",
    '<span lang="en\\" onclick="alert(1)">chữ</span>',
    '<span xml:lang="en">chữ</span>',
    '<span class="x" style="color: red">chữ</span>',
    '<font lang="en">chữ</font>',
    '<font color="red"><span>chữ</span></font>',
]


@pytest.mark.parametrize("html", HOSTILE)
def test_another_mark_is_dropped_and_its_text_kept(html):
    assert through_the_editor(html) == "chữ"


def test_a_mark_brings_nothing_along():
    html = '<span lang="en" onclick="alert(1)" style="color: red" id="x">chữ</span>'
    assert through_the_editor(html) == '<span lang="en">chữ</span>'
    assert through_the_editor('<b lang="en" onclick="alert(1)">chữ</b>') == "<b>chữ</b>"


@pytest.mark.parametrize("style", ["LANG-XX", 'LANG-EN" onclick="alert(1)', "lang-en", "SPAN"])
def test_a_style_that_nobody_offered_is_dropped_and_its_text_kept(style):
    assert stored((style, 18)) == "Quality of Service"


def test_an_article_is_written_with_a_mark_and_opened_again(client, editor, section):
    client.force_login(editor)
    body = [("paragraph", rich_text(f"<p>Đo {MARKED}.</p>", features=FEATURES))]
    client.post(add_address(ArticlePage, section), article_form("Tin", "tin", body))
    article = ArticlePage.objects.get(slug="tin")
    draft = article.get_latest_revision_as_object()
    assert MARKED in draft.body[0].value.source
    form = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "LANG-EN" in form


def test_a_callout_is_written_with_a_mark():
    text = rich_text(f"<p>{MARKED}</p>", features=FEATURES)
    form = nested_form_data({"c": {"kind": "note", "title": "", "text": text}})
    assert MARKED in CalloutBlock().value_from_datadict(form, {}, "c")["text"].source


# The page


@pytest.mark.parametrize(
    "block",
    [
        {"type": "paragraph", "value": f"<p>Đo <b>{MARKED}</b>.</p>"},
        {"type": "callout", "value": {"kind": "note", "title": "", "text": f"<p>{MARKED}</p>"}},
        {"type": "paragraph", "value": f'<p><a href="https://tinh.example/">{MARKED}</a></p>'},
    ],
)
def test_the_page_says_which_language_the_words_are_in(client, section, block):
    article = ArticleFactory(parent=section, title="Tin", body=json.dumps([block]))
    assert MARKED in client.get(article.url).content.decode()
