"""Changes of the original: what becomes stale, how urgent it is, what readers get at once."""

import json
from datetime import UTC, datetime

import pytest
from wagtail.models import Locale

from cms.translation import diff, drafts, localize, progress
from cms.translation.models import PageTranslation, State
from news.models import NewsIndexPage
from tests.cms.translation.conftest import publish_translated, translate
from tests.factories import ArticleFactory, PictureFactory, image_block
from tests.shared_fixtures import shared_fixture


@shared_fixture
def article(empty_board):
    """A published article with several texts."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    return ArticleFactory(
        parent=section,
        title="Khai giảng năm học mới",
        introduction="Hôm nay 12 trường mở cửa, từ sớm.",
        body=[("heading", "Mở đầu"), ("heading", "Kết thúc")],
    )


@pytest.fixture
def page(translation, moderator):
    """The English page, published."""
    return publish_translated(translation, lambda text: f"E {text}", moderator)


def row(article):
    """Return the row of `article` on the board."""
    return PageTranslation.objects.get(source_page_id=article.pk)


def publish(article, **changes):
    """Publish the original with changes."""
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision().publish()


def urgency_after(article, introduction):
    """Return the urgency of the translation after the lead has changed."""
    publish(article, introduction=introduction)
    return row(article).urgency


def test_a_published_article_waits_on_the_board(article):
    publish(article)
    assert (row(article).state, row(article).segment_count) == (State.MISSING, 0)


def test_a_submitted_article_is_a_draft(article, translation, django_capture_on_commit_callbacks):
    assert row(article).state == State.DRAFT
    assert row(article).translated_count == 0


def test_work_shows_as_a_percentage_and_a_name(article, translation, translator):
    title, *_others = localize.segments(translation)
    localize.save_string(translation, title, "School begins", translator)
    drafts.save_draft(translation, translator)
    shown = row(article)
    assert (shown.translated_count, shown.translator) == (1, translator)
    assert 0 < shown.percentage < 100


def test_a_published_translation_is_complete(article, page):
    shown = row(article)
    assert (shown.state, shown.percentage, shown.urgency) == (State.PUBLISHED, 100, 0)
    assert shown.approved_at is not None


def test_a_changed_original_makes_it_stale_and_says_since_when(article, page):
    publish(article, introduction="Hôm nay 13 trường mở cửa, từ sớm.")
    shown = row(article)
    assert (shown.state, shown.changed_count) == (State.STALE, 1)
    assert shown.stale_since is not None
    assert shown.percentage < 100


def test_a_number_is_more_urgent_than_a_name_and_a_comma_least(article, page):
    comma = urgency_after(article, "Hôm nay 12 trường mở cửa từ sớm.")
    word = urgency_after(article, "Hôm nay 12 trường đóng cửa, từ sớm.")
    number = urgency_after(article, "Hôm nay 13 trường mở cửa, từ sớm.")
    assert number > word > comma > 0


def test_of_many_changes_only_so_many_count(article, page, monkeypatch):
    """Otherwise thousands of changed commas would come before one changed word."""
    monkeypatch.setattr(progress, "MAX_CHANGES_COUNTED", 2)
    publish(article, body=[("heading", "Sau"), ("heading", "Sau nữa")])
    assert row(article).changed_count == 4
    assert row(article).urgency == diff.WORD_WEIGHT * 100 + 2


def test_a_translation_that_readers_do_not_see_is_a_draft_and_never_stale(article, page):
    page.unpublish()
    publish(article, introduction="Hôm nay 13 trường mở cửa, từ sớm.")
    shown = row(article)
    assert (shown.state, shown.changed_count) == (State.DRAFT, 1)


def test_going_back_to_the_approved_text_is_up_to_date_again(article, page):
    before = article.introduction
    publish(article, introduction="Khác.")
    publish(article, introduction=before)
    shown = row(article)
    assert (shown.state, shown.stale_since, shown.percentage) == (State.PUBLISHED, None, 100)


def test_the_translator_sees_the_old_text_beside_the_new(article, page, translation):
    publish(article, introduction="Hôm nay 13 trường mở cửa, từ sớm.")
    (changed,) = [s for s in localize.segments(translation) if not s.is_done]
    assert changed.source == "Hôm nay 13 trường mở cửa, từ sớm."
    assert changed.earlier.source == "Hôm nay 12 trường mở cửa, từ sớm."
    assert changed.earlier.translation == "E Hôm nay 12 trường mở cửa, từ sớm."


def test_settling_it_and_publishing_makes_it_current(article, page, translation, moderator):
    publish(article, introduction="Hôm nay 13 trường mở cửa, từ sớm.")
    since = row(article).stale_since
    translate(translation, lambda text: f"E {text}", moderator)
    drafts.save_draft(translation, moderator)
    waiting = row(article)
    assert (waiting.state, waiting.percentage) == (State.STALE, 100)
    assert waiting.stale_since == since
    drafts.publish(translation, moderator)
    assert (row(article).state, row(article).changed_count) == (State.PUBLISHED, 0)


def test_a_text_that_nobody_approved_does_not_go_live_with_a_change_of_the_original(
    article, page, translation, translator
):
    """The text is stored without a draft if the page refused the draft."""
    title, *_others = localize.segments(translation)
    localize.save_string(translation, title, "Not approved", translator)
    publish(article, published_at=datetime(2021, 1, 2, tzinfo=UTC))
    page.refresh_from_db()
    assert page.title == "E Khai giảng năm học mới"


def test_readers_keep_the_old_text_until_the_new_one_is_published(article, page):
    before = page.introduction
    publish(article, introduction="Khác.", published_at=datetime(2021, 1, 2, tzinfo=UTC))
    page.refresh_from_db()
    assert page.introduction == before
    assert page.published_at != article.published_at


def test_what_needs_no_words_reaches_readers_at_once(article, page):
    publish(article, published_at=datetime(2021, 1, 2, 3, 4, tzinfo=UTC))
    page.refresh_from_db()
    assert page.published_at == article.published_at
    assert row(article).state == State.PUBLISHED


def test_a_text_that_is_gone_and_a_new_order_reach_readers_at_once(article, page):
    body = article.body.get_prep_value()
    publish(article, body=article._meta.get_field("body").to_python(body[1:]))
    page.refresh_from_db()
    assert [block.value for block in page.body] == ["E Kết thúc"]


def test_what_is_not_approved_does_not_go_out_with_a_date(article, page, translation, translator):
    heading = next(s for s in localize.segments(translation) if s.source == "Mở đầu")
    localize.save_string(translation, heading, "Unreviewed", translator)
    drafts.save_draft(translation, translator)
    publish(article, published_at=datetime(2021, 1, 2, tzinfo=UTC))
    page.refresh_from_db()
    assert "Unreviewed" not in str(page.body.get_prep_value())
    assert page.published_at != article.published_at


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_picture_that_is_not_approved_does_not_go_out_with_a_date(
    section, english, moderator, translator, is_taken_back
):
    article = ArticleFactory(
        parent=section, title="Tin", body=json.dumps([image_block(PictureFactory())])
    )
    translation = localize.start(article, english, user=None)
    (replaceable,) = [r for r in localize.replaceables(translation) if r.path.endswith("image")]
    own = PictureFactory().pk
    if is_taken_back:
        localize.save_replacement(translation, replaceable, own, translator)
    page = publish_translated(translation, lambda text: f"E {text}", moderator)
    localize.save_replacement(translation, replaceable, None if is_taken_back else own, translator)
    drafts.save_draft(translation, translator)
    publish(article, published_at=datetime(2021, 1, 2, tzinfo=UTC))
    page.refresh_from_db()
    assert (own in [picture.pk for picture in page.body_pictures()]) == is_taken_back


def test_a_draft_of_the_original_makes_nothing_stale(article, page):
    article.introduction = "Khác."
    article.save_revision()
    assert row(article).state == State.PUBLISHED


def test_withdrawing_the_original_withdraws_the_translation(article, page):
    article.unpublish()
    page.refresh_from_db()
    assert (page.live, row(article).state) == (False, State.DRAFT)


def test_a_withdrawn_original_without_translation_leaves_the_board(article):
    publish(article)
    article.unpublish()
    assert not PageTranslation.objects.filter(source_page_id=article.pk).exists()


def test_the_translation_itself_is_not_on_the_board(article, page):
    assert not PageTranslation.objects.filter(source_page_id=page.pk).exists()


def test_a_page_first_written_in_english_waits_for_vietnamese(english_section, vietnamese):
    written = ArticleFactory(parent=english_section, title="First in English")
    publish(written)
    assert row(written).locale == vietnamese


def test_a_stopped_translation_is_left_alone(article, page, translation):
    localize.set_enabled(translation, enabled=False)
    publish(article, published_at=datetime(2021, 1, 2, tzinfo=UTC))
    page.refresh_from_db()
    assert page.published_at != article.published_at


def test_a_new_language_lists_every_published_article(
    article, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        french = Locale.objects.create(language_code="fr")
    # The French home page is excluded. It is a draft, which was created with the language.
    listed = PageTranslation.objects.filter(locale=french, source_page__depth__gt=2)
    assert article.pk in listed.values_list("source_page", flat=True)
    assert page.pk not in listed.values_list("source_page", flat=True)
    assert {shown.state for shown in listed} == {State.MISSING}


def test_counting_anew_changes_nothing(article, page):
    publish(article, introduction="Hôm nay 13 trường mở cửa, từ sớm.")
    before = PageTranslation.objects.filter(pk=row(article).pk).values().get()
    progress.count(row(article))
    assert PageTranslation.objects.filter(pk=row(article).pk).values().get() == before


def test_a_deleted_translation_is_missing_again(article, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert (row(article).state, row(article).translation) == (State.MISSING, None)


def test_a_deleted_original_leaves_the_board(article, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()
    assert not PageTranslation.objects.filter(source_page_id=article.pk).exists()
