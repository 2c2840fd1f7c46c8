"""Rich text links whose id is not a valid key. New ones are refused, old ones are plain text."""

import json

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText, expand_db_html
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.blocks.text import ParagraphBlock
from cms.rich_text.content_state import broken_links, is_content_state
from news.models import ArticlePage
from tests.admin_forms import article_form
from tests.factories import ArticleFactory, DocumentFactory, PictureFactory

NO_KEYS = ["abc", "", "1 OR 1", "9" * 23, "-1", "1.5", "²", "٣", "None", "0x1"]

ENTITIES = [
    '<a linktype="page"{id}>chữ</a>',
    '<a linktype="document"{id}>chữ</a>',
    '<a linktype="user"{id}>chữ</a>',
    '<embed embedtype="image"{id} format="left" alt="chữ"/>',
    '<embed embedtype="image"{id} alt="chữ"/>',
    '<embed embedtype="media"{id}/>',
]


def broken(entity):
    """Return paragraphs with the entity: one without an id, and one for each invalid id."""
    ids = ["", *(f' id="{key}"' for key in NO_KEYS)]
    return [f"<p>Xem {entity.format(id=key)} nhé</p>" for key in ids]


STORED = [html for entity in ENTITIES for html in broken(entity)]


def sent(**data):
    """Return the content that the editor sends for a paragraph with one link."""
    block = {
        "key": "a",
        "text": "Xem bài trước",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 4, "length": 9, "key": 0}],
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": data}
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


def body_of(kind, content):
    """Return the form fields of a body that has one block with rich text."""
    fields = {"text": content, "kind": "note", "title": ""} if kind == "callout" else content
    return nested_form_data({"body": streamfield([(kind, fields)])})


@pytest.fixture
def save(client, editor, section):
    """A function that saves an article with one block and returns the page and the response."""
    client.force_login(editor)
    article = ArticleFactory(parent=section, title="Bài")

    def post(kind, content):
        form = {**article_form(title="Bài khác"), **body_of(kind, content)}
        response = client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form)
        article.refresh_from_db()
        return article.get_latest_revision_as_object(), response

    return post


@pytest.mark.parametrize("kind", ["paragraph", "callout"])
@pytest.mark.parametrize("key", NO_KEYS)
def test_a_link_to_no_page_is_refused_with_its_words(save, kind, key):
    page, response = save(kind, sent(id=key, url="/x/"))
    assert response.status_code == 200
    (error,) = response.context["form"].errors["body"].as_data()
    assert "“bài trước”" in json.dumps(error.as_json_data(), ensure_ascii=False)
    assert page.title == "Bài"


def test_a_link_to_a_page_is_kept(save, section):
    page, response = save("paragraph", sent(id=section.pk, url=section.url, parentId=None))
    assert response.status_code == 302
    assert f'<a linktype="page" id="{section.pk}">' in page.body[0].value.source
    assert f'href="{section.url}"' in str(page.body[0].value)


@pytest.mark.parametrize("data", [{}, {"url": ""}, {"id": None, "url": None}])
def test_a_link_without_an_address_becomes_its_words(save, data):
    page, response = save("paragraph", sent(**data))
    assert response.status_code == 302
    assert "<a" not in page.body[0].value.source
    assert "Xem bài trước" in page.body[0].value.source


def without(name):
    """Return the content that the editor sends for a paragraph, without one of its parts."""
    content = json.loads(sent(url="/x/"))
    del content["blocks"][0][name]
    return json.dumps(content)


def test_a_picture_in_a_format_that_no_longer_exists_is_not_drawn(db):
    """An import may bring such a picture, and a later version may drop a format."""
    embed = '<p>Xem <embed embedtype="image" id="{}" format="{}" alt="chữ"/></p>'
    picture = PictureFactory()
    assert "src=" in expand_db_html(embed.format(picture.pk, "left"))
    assert "src=" not in expand_db_html(embed.format(picture.pk, "khong-co"))


NO_CONTENT = [
    "",
    "x",
    "[]",
    "1",
    "[" * 100_000,
    '{"blocks": 1}',
    '{"blocks": [1]}',
    '{"blocks": [{}]}',
    '{"blocks": [], "entityMap": []}',
    sent(url=1),
    sent(url=["x"]),
    sent(id={"a": 1}),
    sent(url="/x/").replace('"entityMap": {"0"', '"entityMap": {"1"'),
    sent(url="/x/").replace('"offset": 4', '"offset": "4"'),
    sent(url="/x/").replace('"length": 9', '"length": -9'),
    sent(url="/x/").replace('"depth": 0', '"depth": 100000'),
    sent(url="/x/").replace(
        '"inlineStyleRanges": []', '"inlineStyleRanges": [{"offset": 0, "length": 1, "style": 1}]'
    ),
    without("text"),
    without("type"),
]


@pytest.mark.parametrize("content", NO_CONTENT)
def test_what_the_editor_never_sends_is_a_bad_request(save, content):
    page, response = save("paragraph", content)
    assert response.status_code == 400
    assert page.title == "Bài"


def test_a_paragraph_that_is_still_empty_is_saved_in_a_draft(save):
    """The autosave would pause for good on an error."""
    page, response = save("paragraph", "null")
    assert response.status_code == 302
    assert page.body[0].value.source == ""


@pytest.mark.parametrize("content", [sent(url="/x/"), without("depth"), without("key"), "{}"])
def test_what_the_editor_sends_is_content(content):
    assert is_content_state(content)


# Stored content


@pytest.mark.parametrize("html", STORED)
def test_an_old_link_to_nothing_is_plain_text(db, html):
    shown = expand_db_html(html)
    assert shown.startswith("<p>Xem ")
    assert "href" not in shown
    assert "src" not in shown


@pytest.mark.parametrize("html", STORED)
def test_the_editor_opens_an_old_link_to_nothing(db, html):
    converter = ContentstateConverter(ParagraphBlock().features)
    content = converter.from_database_format(html)
    assert is_content_state(content)
    assert not broken_links(converter.to_database_format(content))


def test_every_kind_that_is_stored_with_an_id_is_named():
    assert [broken_links(html) for html in broken(ENTITIES[0])][1] == [("chữ", "abc")]
    for entity in (ENTITIES[0], ENTITIES[1], ENTITIES[3]):
        assert all(len(broken_links(html)) == 1 for html in broken(entity))
    assert not broken_links('<p><a linktype="page" id="5">a</a> <a href="#b">c</a> <a>d</a></p>')


def test_good_entities_are_still_drawn(section):
    picture, document = PictureFactory(), DocumentFactory()
    assert f'<a href="{section.url}">' in expand_db_html(
        f'<a linktype="page" id="{section.pk}">a</a>'
    )
    assert document.url in expand_db_html(f'<a linktype="document" id="{document.pk}">a</a>')
    assert "<img" in expand_db_html(
        f'<embed embedtype="image" id="{picture.pk}" format="left" alt="a"/>'
    )


def test_a_link_to_a_page_without_an_address_is_plain_text(db):
    assert expand_db_html('<a linktype="page" id="1">gốc</a>') == "<a>gốc</a>"


def test_a_page_full_of_old_links_is_read_and_edited_and_found(client, editor, section):
    article = ArticleFactory(parent=section, title="Bài cũ")
    text = "".join(STORED)
    body = [
        {"type": "paragraph", "value": text},
        {"type": "callout", "value": {"kind": "note", "title": "", "text": text}},
        {"type": "related", "value": {"title": "", "pages": ["abc", "9" * 20, [], None, True]}},
    ]
    for key in ("abc", int("9" * 20), [1], {}, True, "", -1):
        picture = {"image": key, "alt_text": "", "decorative": True}
        body += [
            {"type": "image", "value": {"image": picture, "caption": "", "credit": ""}},
            {"type": "gallery", "value": {"pictures": [{"image": picture, "caption": "Ảnh"}]}},
            {"type": "document", "value": {"file": key, "number": "1", "title": "Văn bản"}},
            {"type": "video", "value": {"title": "Phim", "file": key, "picture": key}},
            {"type": "visitor_count", "value": key},
        ]
    ArticlePage.objects.filter(pk=article.pk).update(body=json.dumps(body))
    article = ArticlePage.objects.get(pk=article.pk)
    article.save()
    article.save_revision().publish()
    assert "Xem chữ nhé" in article.folded_text or "chu" in article.folded_text
    ReferenceIndex.create_or_update_for_object(article)
    assert client.get(article.url).status_code == 200
    assert client.get("/feed/").status_code == 200
    client.force_login(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert client.get(edit).status_code == 200
    assert (
        client.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk])).status_code == 200
    )


@pytest.mark.parametrize("html", STORED)
def test_an_old_link_to_nothing_is_translated(db, html):
    block = ParagraphBlock()
    segments = block.get_translatable_segments(RichText(html))
    assert isinstance(segments, list)
