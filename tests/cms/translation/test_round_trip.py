"""The content of a page after it was translated, and of its original."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText
from wagtail_localize.models import TranslationSource

from cms.translation import drafts, localize
from cms.visitors.models import VisitorCounter
from news.models import NewsIndexPage
from tests.cms.translation.conftest import publish_translated, translate
from tests.factories import ArticleFactory, PictureFactory
from tests.shared_fixtures import shared_fixture

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


@shared_fixture
def article(empty_board):
    """A published Vietnamese article with some blocks.

    All blocks are in tests/cms/translation/test_every_block.py.
    """
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    counter = VisitorCounter.objects.get(locale=section.locale)
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


@shared_fixture
def live_english_page(translation):
    """The English page, translated and published."""
    return publish_translated(translation, ENGLISH.get)


def test_submitting_leaves_the_english_page_a_draft(client, translation):
    page = translation.get_target_instance()
    assert not page.live
    assert client.get(f"/en/news/{page.slug}/").status_code == 404


def test_every_text_of_every_block_comes_back_in_english(client, live_english_page):
    content = client.get("/en/news/da-nang/").content.decode()
    for vietnamese_text, english_text in ENGLISH.items():
        if vietnamese_text != SLUG:
            assert english_text in content
            assert vietnamese_text not in content


def test_the_english_page_keeps_the_blocks_and_their_order(article, live_english_page):
    assert [block.block_type for block in live_english_page.body] == [
        block.block_type for block in article.body
    ]
    assert [block.id for block in live_english_page.body] == [block.id for block in article.body]


def test_the_english_page_shows_the_same_picture(article, live_english_page):
    (before,) = article.body_pictures()
    (after,) = live_english_page.body_pictures()
    assert after.pk == before.pk


def test_the_count_in_the_body_speaks_english(client, live_english_page):
    content = client.get("/en/news/da-nang/").content.decode()
    assert content.count("</strong> people online") == 2
    assert "người đang online" not in content


def test_a_translated_slug_is_spelled_in_plain_letters(live_english_page):
    assert live_english_page.slug == "da-nang"


def test_the_vietnamese_page_is_left_as_it_was(client, article, live_english_page):
    content = client.get(article.url).content.decode()
    for text in ENGLISH:
        assert text in content
    article.refresh_from_db()
    assert article.slug == SLUG


def test_the_posted_date_comes_along(article, translation):
    assert translation.get_target_instance().published_at == article.published_at


def test_a_corrected_posted_date_reaches_the_translation(article, live_english_page):
    article.published_at = datetime(2021, 1, 2, 3, 4, tzinfo=UTC)
    article.save_revision().publish()
    live_english_page.refresh_from_db()
    assert live_english_page.published_at == article.published_at
    assert live_english_page.title == "Da Nang opens the school year"


def test_translating_a_page_leaves_the_english_counter_as_it_was(english, live_english_page):
    counter = VisitorCounter.objects.get(locale=english)
    assert (counter.name, counter.wording, counter.wording_one) == (
        "People online",
        "{count} people online",
        "{count} person online",
    )


def test_the_link_to_the_source_is_not_the_translators_to_change(section):
    """An override is saved without validation, so a script in it would run in the preview."""
    article = ArticleFactory(parent=section, title="Tin", source_url="https://bao.example/")
    source, _created = TranslationSource.get_or_create_from_instance(article)
    paths = source.overridablesegment_set.values_list("context__path", flat=True)
    assert "source_url" not in set(paths)


# Words that are marked as another language

QOS = '<span lang="en">Quality of Service</span>'

# The original HTML, the segments with their translations, and the HTML of the English page.
MARKED = [
    (
        f"<p>Sở đo {QOS} ở <b>mười {QOS} xã</b>.</p>",
        {
            'Sở đo <a id="a1">Quality of Service</a> ở '
            '<b>mười <a id="a2">Quality of Service</a> xã</b>.': (
                '<b>Ten <a id="a2">communes</a></b> measured <a id="a1">QoS</a>.'
            )
        },
        '<p><b>Ten <span lang="en">communes</span></b> measured <span lang="en">QoS</span>.</p>',
    ),
    (
        f'<p>Xem <a href="https://tinh.example/">bản {QOS}</a> mới.</p><p>Hai</p>',
        {
            'Xem <a id="a1">bản <a id="a2">Quality of Service</a></a> mới.': (
                'See the <a id="a1">new <a id="a2">QoS</a></a> text.'
            ),
            "Hai": "Two",
        },
        (
            '<p>See the <a href="https://tinh.example/">new <span lang="en">QoS</span></a> text.'
            "</p><p>Two</p>"
        ),
    ),
    (
        '<ul><li><span lang="fr">Bonjour</span></li><li>Chào</li></ul>',
        {'<a id="a1">Bonjour</a>': '<a id="a1">Bonjour</a>', "Chào": "Hello"},
        '<ul><li><span lang="fr">Bonjour</span></li><li>Hello</li></ul>',
    ),
    (f"<p>Đo {QOS}.</p>", {'Đo <a id="a1">Quality of Service</a>.': "QoS."}, "<p>QoS.</p>"),
]


def marked_article(section, html):
    """Return a published article with `html` in a paragraph and in a callout."""
    text = RichText(html)
    callout = {"kind": "note", "title": "", "text": text}
    return ArticleFactory(
        parent=section, title="Tin", body=[("paragraph", text), ("callout", callout)]
    )


@pytest.mark.parametrize(("written", "texts", "expected"), MARKED)
def test_marks_of_language_come_back_from_translation(
    client, section, english, written, texts, expected
):
    article = marked_article(section, written)
    translation = localize.start(article, english, user=None)
    sources = [segment.source for segment in localize.segments(translation)]
    assert [text for text in sources if text not in ("Tin", "tin")] == [*texts, *texts]
    page = publish_translated(translation, lambda text: texts.get(text, "news"))
    paragraph, callout = page.body
    assert paragraph.value.source == expected
    assert callout.value["text"].source == expected
    shown = client.get(page.url).content.decode()
    assert shown.count(expected) == 2
    article.refresh_from_db()
    assert article.body[0].value.source == written


@pytest.mark.parametrize(
    "made_up", ['<a id="a2">QoS</a>', '<span lang="xx">QoS</span>', '<a lang="xx">QoS</a>']
)
def test_a_mark_that_a_translator_made_up_is_told_and_not_used(section, english, made_up):
    translation = localize.start(marked_article(section, f"<p>Đo {QOS}.</p>"), english, user=None)
    translate(translation, lambda text: made_up if text.startswith("Đo") else "news")
    errors = {segment.source: segment.error for segment in localize.segments(translation)}
    assert errors['Đo <a id="a1">Quality of Service</a>.']
    with pytest.raises(ValidationError):
        drafts.publish(translation, user=None)
