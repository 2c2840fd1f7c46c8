"""Alt text is never a file name. Editors get a warning if it repeats the caption."""

import json

import pytest
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.blocks import BodyBlock
from cms.images.alt_text import is_file_name, repeats_caption
from news.models import ArticlePage
from tests.admin_forms import add_address, article_form
from tests.factories import ArticleFactory, PictureFactory, image_block


@pytest.mark.parametrize(
    "text",
    [
        "DSC_0123",
        "IMG_20201105_083015",
        "anh bia.JPG",
        "20201105_083015",
        "a.heic",
        "PXL_2020-1 (2)",
        "image001",
        "P1010001",
        " dscf1234 ",
    ],
)
def test_the_name_of_a_file_is_known(text):
    assert is_file_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Toàn cảnh hội nghị",
        "Năm 2020",
        "62 đại biểu",
        "1.200 người dự",
        "Ảnh chụp lúc 8 giờ",
        "",
        "A",
    ],
)
def test_words_are_no_name_of_a_file(text):
    assert not is_file_name(text)


def test_a_caption_repeated_is_known_in_any_spelling():
    assert repeats_caption("TOÀN CẢNH, hội nghị.", "Toàn cảnh hội nghị")
    assert not repeats_caption("Bảy người ký", "Lễ ký")
    assert not repeats_caption("", "")


@pytest.mark.parametrize("kind", ["image", "gallery"])
def test_a_block_refuses_the_name_of_a_file(db, kind):
    picture = image_block(PictureFactory(), alt_text="DSC_0123.jpg")
    raw = picture["value"]
    if kind == "gallery":
        raw = {"title": "", "pictures": [{"type": "item", "value": raw, "id": "1"}]}
    block = BodyBlock()
    with pytest.raises(Exception) as refusal:  # noqa: PT011 - the kind differs by Wagtail's nesting
        block.clean(block.to_python([{"type": kind, "value": raw}]))
    assert "DSC_0123.jpg" in json.dumps(refusal.value.as_json_data(), ensure_ascii=False)


def test_a_picture_refuses_the_name_of_a_file_beside_its_alt_text(db):
    block = BodyBlock().child_blocks["image"].child_blocks["image"]
    raw = image_block(PictureFactory(), alt_text="DSC_0123")["value"]["image"]
    with pytest.raises(StructBlockValidationError) as refusal:
        block.clean(block.to_python(raw))
    assert set(refusal.value.block_errors) == {"alt_text"}


@pytest.mark.parametrize(
    ("alt_text", "warned"), [("Lễ ký", True), ("lễ  KÝ.", True), ("Bảy người ký", False)]
)
def test_an_alt_text_that_repeats_the_caption_is_pointed_out(
    client, editor, section, alt_text, warned
):
    body = [image_block(PictureFactory(), alt_text=alt_text, caption="Lễ ký")]
    article = ArticleFactory(parent=section, title="Tin", body=json.dumps(body), live=False)
    client.force_login(editor)
    picture = body[0]["value"]
    form = article_form(title="Tin") | nested_form_data(
        {
            "body": streamfield(
                [
                    (
                        "image",
                        {
                            "image": {
                                "image": picture["image"]["image"],
                                "alt_text": alt_text,
                                "decorative": "",
                            },
                            "caption": "Lễ ký",
                            "credit": "",
                        },
                    )
                ]
            )
        }
    )
    response = client.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), form, follow=True)
    warnings = [
        str(message) for message in response.context["messages"] if "“Lễ ký”" in str(message)
    ]
    assert bool(warnings) == warned


def test_a_new_article_is_warned_of_as_well(client, editor, section):
    client.force_login(editor)
    response = client.post(add_address(ArticlePage, section), article_form(), follow=True)
    assert response.status_code == 200
