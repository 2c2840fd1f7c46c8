"""Galleries, tables, documents, videos, callouts and related pages.

The tests check the pages of readers, and the errors that editors get for invalid values.
"""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import PageViewRestriction

from cms.blocks import BodyBlock
from cms.blocks.players import player_url
from cms.blocks.table import MAX_COLUMNS, MAX_ROWS
from cms.translation import localize
from news.models import ArticlePage
from tests.admin_forms import add_address, article_form
from tests.factories import (
    ArticleFactory,
    DocumentFactory,
    PictureFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import links, text_of

BLOCKS = BodyBlock().child_blocks
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def read_body(read_article):
    """A function that publishes a body and returns it as readers get it."""
    return lambda *blocks: read_article(*blocks).select_one(".body")


def table(data, choice="row", caption="Bảng một"):
    """Return a table block."""
    value = {
        "data": data,
        "table_header_choice": choice,
        "first_row_is_table_header": choice in ("row", "both"),
        "first_col_is_header": choice in ("column", "both"),
        "table_caption": caption,
    }
    return {"type": "table", "value": value}


def refusal(name, raw):
    """Return the error of one block as the form gets it."""
    block = BLOCKS[name]
    with pytest.raises((ValidationError, StructBlockValidationError)) as refused:
        block.clean(block.to_python(raw))
    return refused.value


# Tables


def test_a_table_has_its_caption_and_headers(read_body):
    shown = read_body(table([["Huyện", "Số"], ["Khe Lụa", "3"]], "both"))
    assert shown.select_one("caption").string == "Bảng một"
    assert [th["scope"] for th in shown.select("th")] == ["col", "col", "row"]
    assert [text_of(td) for td in shown.select("td")] == ["3"]


def test_what_stands_in_a_cell_is_text(read_body):
    shown = read_body(table([["<b>a</b>", None], ["1\n2", "<script>x</script>"]], "neither", "<i>"))
    assert shown.select("b, script, i") == []
    assert "<script>x</script>" in shown.get_text()
    assert shown.select("td br")


@pytest.mark.parametrize("data", [[[1, 2.5]], [["a", {"b": 1}]], "a,b", [1]])
def test_a_table_that_a_program_stored_wrongly_stops_no_translation(section, english, data):
    """The validation of forms refuses such a value. `save` does not call the validation."""
    body = json.dumps([{"type": "table", "value": {"data": data}}])
    article = ArticleFactory(parent=section, title="Tin", body=body)
    translation = localize.start(article, english, user=None)
    page = localize.build_translated_page(translation)
    assert page.body[0].value["data"] == article.body[0].value["data"] == data
    assert BLOCKS["table"].labels_of_texts(article.body[0].value) == []


def test_translated_cells_stand_at_their_own_places_in_whatever_order_they_come():
    value = table([["một", "hai"], ["ba", "bốn"]])["value"]
    segments = [
        segment.with_order(order)
        for order, segment in enumerate(BLOCKS["table"].get_translatable_segments(value))
    ]
    restored = BLOCKS["table"].restore_translated_segments(value, reversed(segments))
    assert (restored["table_caption"], restored["data"]) == (
        value["table_caption"],
        value["data"],
    )


def test_a_wide_table_can_be_scrolled_by_keyboard(read_body):
    region = read_body(table([["a"] * MAX_COLUMNS])).select_one(".table")
    assert (region["tabindex"], region["role"], region["aria-label"]) == ("0", "region", "Bảng một")


@pytest.mark.parametrize(
    ("data", "numbers"),
    [([["a"] * 200], ("200", "1")), ([["a"]] * (MAX_ROWS + 1), ("1", str(MAX_ROWS + 1)))],
)
def test_a_table_too_large_is_refused_with_its_size(data, numbers):
    error = refusal("table", table(data)["value"])
    assert all(number in error.messages[0] for number in numbers)


@pytest.mark.parametrize("data", [[], [["", None]], None, "x", [1, 2], [[{"a": 1}]]])
def test_a_table_that_is_empty_or_none_is_refused(data):
    assert len(refusal("table", {**table([])["value"], "data": data}).messages) == 1


def test_a_table_of_200_columns_is_told_and_nothing_typed_is_lost(client, moderator, section):
    client.force_login(moderator)
    body = [("table", json.dumps(table([["ô"] * 200])["value"]))]
    sent = article_form(title="Bảng rộng", body=body) | {"action-publish": "1"}
    response = client.post(add_address(ArticlePage, section), sent)
    assert response.status_code == 200
    form = response.context["form"]
    assert isinstance(form.errors.as_data()["body"][0], StreamBlockValidationError)
    assert form["title"].value() == "Bảng rộng"
    assert len(form["body"].value()[0].value["data"][0]) == 200
    assert not ArticlePage.objects.exists()


def test_a_draft_may_hold_a_table_that_is_still_empty(client, editor, section):
    client.force_login(editor)
    sent = article_form(body=[("table", json.dumps(table([["", None]])["value"]))])
    response = client.post(add_address(ArticlePage, section), sent)
    assert response.status_code == 302
    assert [block.block_type for block in ArticlePage.objects.get().body] == ["table"]


def test_what_is_no_json_is_refused_and_not_failed_on(client, moderator, section):
    client.force_login(moderator)
    sent = article_form(body=[("table", "{không phải")]) | {"action-publish": "1"}
    response = client.post(add_address(ArticlePage, section), sent)
    assert response.status_code == 200
    assert response.context["form"].errors["body"]


# Videos


@pytest.mark.parametrize(
    ("link", "player"),
    [
        (YOUTUBE, "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://youtu.be/abcdefghijk?t=5", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/"),
        ("https://www.youtube.com/live/abcdefghijk?x=1", "https://www.youtube-nocookie.com/embed/"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456"),
    ],
)
def test_the_player_of_a_link_is_known(link, player):
    assert player_url(link).startswith(player)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=",
        'https://www.youtube.com/watch?v="><script>',
        "https://youtube.com.ke-gian.example/watch?v=abcdefghijk",
        "https://vimeo.com/abc",
        "https://tinh.example/phim.mp4",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
def test_no_other_link_has_a_player(link):
    assert player_url(link) is None


def video(**fields):
    """Return a video block."""
    empty = {
        "title": "Phim",
        "link": "",
        "file": None,
        "picture": None,
        "caption": "",
        "credit": "",
    }
    return {"type": "video", "value": {**empty, **fields}}


def test_a_linked_video_is_a_link_until_it_is_clicked(read_body, db):
    shown = read_body(video(link=YOUTUBE, picture=PictureFactory().pk))
    link = shown.select_one("a.video-link")
    assert link["href"] == YOUTUBE
    assert link["data-player"].startswith("https://www.youtube-nocookie.com/embed/abcdefghijk")
    assert shown.select("iframe") == []
    assert all("youtube" not in element["src"] for element in shown.select("[src]"))
    assert shown.select_one("img")["alt"] == ""


def test_an_uploaded_video_is_played_from_here(read_body, db):
    file = DocumentFactory(file__filename="phim.webm")
    shown = read_body(video(file=file.pk))
    player = shown.select_one("video")
    assert player["preload"] == "none"
    assert player["aria-label"] == "Phim"
    assert player.source["type"] == "video/webm"
    assert player.source["src"] == file.url


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "link"),
        ({"link": "https://tinh.example/phim"}, "link"),
        ({"link": YOUTUBE, "file": "phim.mp4"}, "file"),
        ({"file": "van-ban.pdf"}, "file"),
    ],
)
def test_a_video_that_cannot_be_played_is_refused_at_its_field(db, fields, field):
    if "file" in fields:
        fields = {**fields, "file": DocumentFactory(file__filename=fields["file"]).pk}
    assert set(refusal("video", video(**fields)["value"]).block_errors) == {field}


# Documents, callouts, galleries


def test_an_official_document_has_its_fields_and_file(read_body, db):
    file = DocumentFactory(file__filename="ke-hoach.pdf")
    value = {
        "file": file.pk,
        "number": "62/2020/NĐ-CP",
        "issue_date": "2020-06-01",
        "issuing_body": "Chính phủ",
        "abstract": "Về <vị trí>",
    }
    shown = read_body({"type": "document", "value": value})
    assert text_of(shown.select_one(".document-number")) == "62/2020/NĐ-CP"
    assert shown.time.string == "01/06/2020"
    assert "Về <vị trí>" in shown.get_text()
    assert "PDF" in shown.select_one(".document-file").get_text()
    assert shown.select_one(".document-file")["href"] == file.url


def test_a_document_removed_from_the_library_leaves_its_fields(read_body, db):
    value = {"file": 987654, "number": "1/KH", "issue_date": None}
    shown = read_body({"type": "document", "value": value})
    assert text_of(shown.select_one(".document-number")) == "1/KH"
    assert shown.select(".document-file") == []


def test_a_callout_says_its_kind_where_it_has_no_title(read_body):
    shown = read_body(
        {"type": "callout", "value": {"kind": "important", "title": "", "text": "<p>Hạn 15/12</p>"}}
    )
    assert text_of(shown.select_one(".callout-important .callout-title")) == "Quan trọng"


def test_each_picture_of_a_gallery_has_its_own_words(read_body, db):
    picture = PictureFactory(file__width=1600, file__height=1000)
    items = [
        {
            "type": "item",
            "id": str(number),
            "value": image_block(picture, alt_text=f"Mô tả {number}", caption=f"Lời {number}")[
                "value"
            ],
        }
        for number in range(2)
    ]
    shown = read_body({"type": "gallery", "value": {"title": "Chùm ảnh", "pictures": items}})
    assert [img["alt"] for img in shown.select("figure img")] == ["Mô tả 0", "Mô tả 1"]
    assert [text_of(caption) for caption in shown.select("figcaption")] == ["Lời 0", "Lời 1"]
    assert all(link["href"].endswith(".jpg") for link in shown.select("figure a"))
    thumbs = shown.select(".gallery-thumbs a")
    assert [link["aria-label"] for link in thumbs] == ["Ảnh 1 trên 2", "Ảnh 2 trên 2"]
    assert [link["href"][1:] for link in thumbs] == [each["id"] for each in shown.select("figure")]


# Related pages


def related(*pages):
    """Return a block that links to these pages."""
    items = [{"type": "item", "id": str(page.pk), "value": page.pk} for page in pages]
    return {"type": "related", "value": {"title": "", "pages": items}}


def test_related_pages_are_those_that_readers_may_read(read_body, section):
    public = ArticleFactory(parent=section, title="Bài cũ")
    draft = ArticleFactory(parent=section, title="Nháp", live=False)
    private = ArticleFactory(parent=section, title="Riêng")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert links(read_body(related(draft, public, private)), ".related a") == ["Bài cũ"]
    assert read_body(related(draft)).select(".related") == []


def test_english_readers_are_led_to_the_english_page(client, section):
    old = ArticleFactory(parent=section, title="Bài cũ")
    alone = ArticleFactory(parent=section, title="Chỉ tiếng Việt")
    publish_english_translation(old, "Old story")
    article = ArticleFactory(
        parent=section, title="Bài mới", body=json.dumps([related(old, alone)])
    )
    english_article = publish_english_translation(article, "New story")
    shown = BeautifulSoup(client.get(english_article.url).content, "html.parser")
    assert links(shown, ".related a") == ["Old story"]


def test_a_preview_shows_related_pages(client, moderator, section):
    old = ArticleFactory(parent=section, title="Bài cũ")
    article = ArticleFactory(parent=section, title="Bài mới", body=json.dumps([related(old)]))
    client.force_login(moderator)
    response = client.get(f"/admin/pages/{article.pk}/view_draft/")
    assert "Bài cũ" in response.content.decode()


def test_the_same_page_chosen_twice_and_one_deleted_break_nothing(read_body, section):
    old = ArticleFactory(parent=section, title="Bài cũ")
    gone = ArticleFactory(parent=section, title="Đã xóa")
    block = related(old, old, gone)
    gone.delete()
    assert links(read_body(block), ".related a") == ["Bài cũ", "Bài cũ"]
