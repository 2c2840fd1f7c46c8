"""Internals of wagtail-localize that the desk relies on. An upgrade that changes them fails here.

For each trap of wagtail-localize that the desk avoids, a test proves that the trap exists. When
such a test fails, the workaround can be removed.
"""

import pytest
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.strings import StringValue

from cms.translation import localize
from news.models import ArticlePage
from tests.cms.translation.conftest import translate


def test_the_fields_that_the_desk_reads_are_there():
    fields = {
        StringSegment: {"source", "string", "context", "order", "attrs"},
        StringTranslation: {
            "translation_of",
            "locale",
            "context",
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "updated_at",
            "has_error",
            "field_error",
        },
        String: {"data"},
        Translation: {"source", "target_locale", "enabled", "translations_last_updated_at"},
        TranslationContext: {"object", "path", "field_path"},
        TranslationSource: {"object", "locale", "content_json", "last_updated_at"},
    }
    for model, names in fields.items():
        assert names <= {field.name for field in model._meta.get_fields()}, model


def test_an_unsaved_translation_is_made_without_touching_the_database(
    translation, django_assert_num_queries
):
    translate(translation, lambda text: f"E {text}")
    before = list(ArticlePage.objects.values())
    page = localize.build_translated_page(translation)
    assert page.title == "E Khai giảng năm học mới"
    assert list(ArticlePage.objects.values()) == before


def test_a_change_of_the_source_leaves_the_earlier_translation_behind(translation, article):
    translate(translation, lambda text: f"E {text}")
    article.introduction = "Hôm qua các trường mở cửa."
    article.save()
    assert localize.refresh(translation.source)
    (changed,) = [s for s in localize.segments(translation) if not s.translation]
    assert changed.earlier.translation == "E Hôm nay các trường mở cửa."
    assert not localize.refresh(translation.source)


def test_ids_stand_for_the_attributes_of_links(article, english):
    article.body = [("paragraph", '<p>Xem <a href="https://tinh.example/">đây</a>.</p>')]
    article.save()
    (link,) = [
        s
        for s in localize.segments(localize.start(article, english, user=None))
        if "<a" in s.source
    ]
    assert link.source == 'Xem <a id="a1">đây</a>.'
    assert link.attrs == {"a1": {"href": "https://tinh.example/"}}


@pytest.mark.parametrize(
    ("html", "is_told"),
    [
        ("English", False),
        ("<b>English</b>", False),
        ('<a id="a1">English</a>', False),
        ('<a id="a9">English</a>', True),
        ('<a href="https://evil.example/">English</a>', True),
        ("<script>alert(1)</script>", True),
        ("<p>English</p>", True),
    ],
)
def test_what_does_not_fit_is_told(html, is_told):
    assert bool(localize.problem('Xem <a id="a1">đây</a>', html)) == is_told


@pytest.mark.parametrize("html", ["<a " * 30_000, "x <b", "<b>" * 1500 + "x" + "</b>" * 1500])
def test_what_a_parser_would_take_very_long_over_is_not_parsed(html, monkeypatch):
    monkeypatch.setattr(StringValue, "from_translated_html", lambda html: pytest.fail("parsed"))
    assert localize.problem("<b>Text</b>", html)


# Traps of wagtail-localize


def test_trap_a_draft_of_a_live_page_is_written_into_its_row(live_english_article, translation):
    """`save_target(publish=False)` writes to the live row, so the desk saves only revisions."""
    translate(translation, lambda text: f"New {text}")
    translation.save_target(publish=False)
    live_english_article.refresh_from_db()
    assert live_english_article.live
    assert live_english_article.title.startswith("New")


def test_trap_gaps_are_filled_with_the_source(translation):
    """`fallback=True` fills gaps, so the desk counts the gaps before anything is published."""
    assert localize.build_translated_page(translation).title == "Khai giảng năm học mới"


def test_trap_a_source_edit_does_not_reach_its_translations_by_itself(translation, article):
    """Therefore the desk refreshes the source when the original is published."""
    article.title = "Khác"
    article.save()
    source = TranslationSource.objects.get(pk=translation.source_id)
    assert source.object_repr == "Khai giảng năm học mới"


def test_trap_a_comment_passes_for_html_that_fits(translation, translator):
    """Browsers and the parser read a comment differently, so `problem` refuses it."""
    html = "<!--><script>alert(1)</script>-->"
    StringValue.from_translated_html(html)
    assert localize.problem("Text", html)
    title = localize.segments(translation)[0]
    localize.save_string(translation, title, html, translator)
    assert localize.segments(translation)[0].error


def test_an_engine_is_asked_as_wagtail_localize_asks_it(settings, translation):
    assert localize.engine(translation) is None
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    engine = localize.engine(translation)
    locales = (translation.source.locale, translation.target_locale)
    assert localize.machine_translate(engine, *locales, ["Một hai", "<b>ba</b>"]) == [
        "hai Một",
        "<b>ba</b>",
    ]


def test_trap_unpublishing_the_source_leaves_its_translation_live(live_english_article, article):
    """The desk handles Wagtail's signal. Without the signal, the translation stays live."""
    Page.objects.filter(pk=article.pk).update(live=False)
    assert Page.objects.get(pk=live_english_article.pk).live


def test_trap_a_list_in_a_struct_in_a_struct_loses_its_text():
    """The portal's blocks are nested less deeply (tests/cms/translation/test_every_block.py)."""

    class Inner(StructBlock):
        texts = ListBlock(RichTextBlock())

    class Outer(StructBlock):
        inner = Inner()

    stream = StreamBlock([("outer", Outer())])
    raw = [{"type": "outer", "id": "a", "value": {"inner": {"texts": ["<p>Text</p>"]}}}]
    segments = StreamFieldSegmentExtractor(None).handle_stream_block(stream.to_python(raw))
    assert not [segment for segment in segments if "Text" in str(segment)]
