"""What becomes of a page on its way through translation."""

from datetime import UTC, datetime

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.visitors.models import VisitorCounter
from tests.cms.translation.conftest import editor_of, localize
from tests.factories import ArticleFactory, PictureFactory

SLUG = "khai-giang-o-da-nang"

ENGLISH = {
    "Khai giảng ở Đà Nẵng": "Da Nang opens the school year",
    SLUG: "Đà Nẵng",
    "Các trường đón học sinh.": "Schools welcome their pupils.",
    "Ngày đầu tiên": "The first day",
    "Sáng nay <b>mọi trường</b> mở cửa.": "This morning <b>every school</b> opened.",
    "Học sinh tới <i>đúng giờ</i>.": "Pupils came <i>on time</i>.",
    "Sân trường đầy cờ": "A school yard full of flags",
    "Lễ khai giảng": "The opening ceremony",
    "Lan Anh chụp": "Photo by Lan Anh",
    "Chúng tôi rất vui.": "We are very glad.",
    "Một phụ huynh": "A parent",
    "Tòa soạn": "The newsroom",
    "Báo tỉnh": "Provincial news",
}


@pytest.fixture
def counter(vietnamese):
    """The Vietnamese counter that the migrations made."""
    return VisitorCounter.objects.get(locale=vietnamese)


@pytest.fixture
def article(section, counter):
    """A published Vietnamese article; tests/cms/translation/test_every_block.py has all blocks."""
    picture = {"image": PictureFactory(), "caption": "Lễ khai giảng", "credit": "Lan Anh chụp"}
    picture["image"].contextual_alt_text = "Sân trường đầy cờ"
    picture["image"].decorative = False
    return ArticleFactory(
        parent=section,
        title="Khai giảng ở Đà Nẵng",
        introduction="Các trường đón học sinh.",
        author="Tòa soạn",
        source_name="Báo tỉnh",
        published_at=datetime(2020, 8, 12, 9, 47, tzinfo=UTC),
        body=[
            ("heading", "Ngày đầu tiên"),
            (
                "paragraph",
                RichText(
                    "<p>Sáng nay <b>mọi trường</b> mở cửa.</p><p>Học sinh tới <i>đúng giờ</i>.</p>"
                ),
            ),
            ("image", picture),
            ("quote", {"text": "Chúng tôi rất vui.", "attribution": "Một phụ huynh"}),
            ("visitor_count", counter),
        ],
    )


@pytest.fixture
def translation(article, english):
    """The translation of the article, submitted and not yet worked on."""
    translate_object(article, [english])
    return Translation.objects.get(source__object_id=article.translation_key)


@pytest.fixture
def translated(desk_of, translation):
    """The English page after a translator's PO file and a moderator's publishing."""
    desk = desk_of("translator")
    po = polib.pofile(
        desk.get(localize("download_pofile", translation.pk)).content.decode(), wrapwidth=0
    )
    assert {entry.msgid for entry in po} >= set(ENGLISH)
    for entry in po:
        entry.msgstr = ENGLISH.get(entry.msgid, "")
    upload = SimpleUploadedFile("en.po", str(po).encode())
    desk.post(localize("upload_pofile", translation.pk), {"file": upload})
    page = translation.get_target_instance()
    desk_of("moderator").post(editor_of(page), {"action": "publish"})
    page.refresh_from_db()
    return page


def test_submitting_leaves_the_english_page_a_draft(client, translation):
    page = translation.get_target_instance()
    assert not page.live
    assert client.get(f"/en/news/{page.slug}/").status_code == 404


def test_every_text_of_every_block_comes_back_in_english(client, translated):
    content = client.get("/en/news/da-nang/").content.decode()
    for vietnamese_text, english_text in ENGLISH.items():
        if vietnamese_text != SLUG:
            assert english_text in content
            assert vietnamese_text not in content


def test_the_english_page_keeps_the_blocks_and_their_order(article, translated):
    assert [block.block_type for block in translated.body] == [
        block.block_type for block in article.body
    ]
    assert [block.id for block in translated.body] == [block.id for block in article.body]


def test_the_english_page_shows_the_same_picture(article, translated):
    (before,) = article.body_pictures()
    (after,) = translated.body_pictures()
    assert after.pk == before.pk


def test_the_count_in_the_body_speaks_english(client, translated):
    content = client.get("/en/news/da-nang/").content.decode()
    assert content.count("</strong> people online") == 2
    assert "người đang online" not in content


def test_a_translated_slug_is_spelled_in_plain_letters(translated):
    assert translated.slug == "da-nang"


def test_a_slug_translated_in_the_editor_is_spelled_in_plain_letters(desk_of, translation):
    segment = translation.source.stringsegment_set.get(context__path="slug")
    address = localize("edit_string_translation", translation.pk, segment.pk)
    answer = desk_of("translator").put(address, {"value": "Đà Nẵng"})
    assert answer.json()["data"] == "da-nang"


def test_the_vietnamese_page_is_left_as_it_was(client, article, translated):
    content = client.get(article.url).content.decode()
    for text in ENGLISH:
        assert text in content
    article.refresh_from_db()
    assert article.slug == SLUG


def test_the_posted_date_comes_along(article, translation):
    assert translation.get_target_instance().published_at == article.published_at


def test_a_corrected_posted_date_reaches_the_translation(desk_of, article, translated):
    article.published_at = datetime(2021, 1, 2, 3, 4, tzinfo=UTC)
    article.save_revision().publish()
    source = Translation.objects.get(source__object_id=article.translation_key).source_id
    desk = desk_of("administrator")
    desk.post(localize("update_translations", source), {})
    desk.post(reverse("wagtailadmin_pages:edit", args=[translated.pk]), {"action": "publish"})
    translated.refresh_from_db()
    assert translated.published_at == article.published_at
    assert translated.title == "Da Nang opens the school year"


def test_translating_a_page_leaves_the_english_counter_as_it_was(english, translated):
    counter = VisitorCounter.objects.get(locale=english)
    assert (counter.name, counter.wording, counter.wording_one) == (
        "People online",
        "{count} people online",
        "{count} person online",
    )


def test_the_link_to_the_source_is_not_the_translators_to_change(section):
    """An override is written without validation: a script in it would run in the preview."""
    article = ArticleFactory(parent=section, title="Tin", source_url="https://bao.example/")
    source, _created = TranslationSource.get_or_create_from_instance(article)
    paths = source.overridablesegment_set.values_list("context__path", flat=True)
    assert "source_url" not in set(paths)
