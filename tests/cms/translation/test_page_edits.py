"""Manual edits of a translated page survive at the desk, and after a stop and restart."""

import json
from datetime import UTC, datetime

import pytest
from wagtail.rich_text import RichText

from cms.translation import drafts, localize, page_edits
from cms.translation.models import PageTranslation, TranslatedRevision
from news.models import NewsIndexPage
from tests.cms.translation.conftest import publish_translated
from tests.factories import ArticleFactory, PictureFactory, image_block
from tests.shared_fixtures import shared_fixture

LINK = '<a href="https://tinh.example/{}">{}</a>'


@shared_fixture
def article(empty_board):
    """A published article with several texts in one paragraph block."""
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    text = f"<p>Một.</p><p>Hai {LINK.format(1, 'đây')} và {LINK.format(2, 'kia')}.</p>"
    return ArticleFactory(
        parent=section,
        title="Khai giảng",
        introduction="Hôm nay.",
        body=[("heading", "Mở đầu"), ("paragraph", RichText(text))],
    )


@pytest.fixture
def page(translation):
    """The English page, published."""
    return publish_translated(translation, lambda text: f"E {text}")


def translations(translation):
    """Return the translations by their sources."""
    return {s.source: s.translation for s in localize.segments(translation)}


def test_a_text_changed_by_hand_becomes_its_translation(page, translation, moderator):
    page.introduction = "Today."
    revision = page.save_revision(user=moderator)
    assert translations(translation)["Hôm nay."] == "Today."
    revision.publish(user=moderator)
    page.refresh_from_db()
    assert page.introduction == "Today."
    row = PageTranslation.objects.get()
    assert (row.translator, row.state) == (moderator, "published")


def test_saving_what_the_desk_made_changes_no_translation(page, translation, moderator):
    before = translations(translation)
    stamps = [segment.updated_at for segment in localize.segments(translation)]
    page.save_revision(user=moderator)
    assert translations(translation) == before
    assert [segment.updated_at for segment in localize.segments(translation)] == stamps


def test_a_gap_stays_a_gap(translation, moderator):
    drafts.save_draft(translation, moderator)
    page = localize.target_of(translation)
    page.introduction = "Today."
    revision = page.save_revision(user=moderator)
    assert translations(translation)["Hôm nay."] == "Today."
    made = TranslatedRevision.objects.get(revision=revision)
    assert made.gaps == len(localize.segments(translation)) - 1
    with pytest.raises(drafts.UnpublishableError):
        revision.publish(user=moderator)


def test_links_in_another_order_keep_their_addresses(page, translation, moderator):
    first, second = LINK.format(1, "here"), LINK.format(2, "there")
    page.body[1].value = RichText(f"<p>One.</p><p>{second} and {first}.</p>")
    page.save_revision(user=moderator)
    by_source = translations(translation)
    assert by_source['Hai <a id="a1">đây</a> và <a id="a2">kia</a>.'] == (
        '<a id="a2">there</a> and <a id="a1">here</a>.'
    )
    drafts.publish(translation, moderator)
    page.refresh_from_db()
    assert page.body[1].value.source == f"<p>One.</p><p>{second} and {first}.</p>"


def test_a_text_without_an_original_is_named(page, moderator):
    page.body.append(("heading", "More"))
    revision = page.save_revision(user=moderator)
    assert TranslatedRevision.objects.get(revision=revision).unplaced == ["More"]


def test_a_link_without_an_original_is_named(page, moderator):
    text = f"E Hai {LINK.format(3, 'elsewhere')}."
    page.body[1].value = RichText(f"<p>E Một.</p><p>{text}</p>")
    revision = page.save_revision(user=moderator)
    assert len(TranslatedRevision.objects.get(revision=revision).unplaced) == 1


@pytest.fixture
def edited_while_stopped(page, translation, moderator):
    """The English page, changed in Wagtail's editor after the translation was stopped."""
    localize.set_enabled(translation, enabled=False)
    page.introduction, page.body[0].value = "Today, by hand.", "Opening, by hand"
    page.save_revision(user=moderator).publish(user=moderator)
    return page


def test_edits_by_hand_survive_going_back_to_the_desk(edited_while_stopped, translation, moderator):
    page_edits.restart(translation, moderator)
    by_source = translations(translation)
    assert by_source["Hôm nay."] == "Today, by hand."
    assert by_source["Mở đầu"] == "Opening, by hand"
    drafts.publish(translation, moderator)
    edited_while_stopped.refresh_from_db()
    assert edited_while_stopped.introduction == "Today, by hand."


def test_where_the_original_changed_meanwhile_the_edit_is_there_to_choose(
    article, edited_while_stopped, translation, moderator
):
    article.introduction = "Hôm qua."
    article.save_revision().publish()
    page_edits.restart(translation, moderator)
    segments = {s.source: s for s in localize.segments(translation)}
    changed = segments["Hôm qua."]
    assert changed.translation == ""
    assert (changed.earlier.source, changed.earlier.translation) == ("Hôm nay.", "Today, by hand.")
    assert segments["Mở đầu"].translation == "Opening, by hand"


@pytest.fixture
def translated_article_with_picture(section, english):
    """An article with a picture, its translation, and the published English page."""
    body = json.dumps([image_block(PictureFactory())])
    article = ArticleFactory(parent=section, title="Khai giảng", body=body)
    translation = localize.start(article, english, user=None)
    return article, translation, publish_translated(translation, lambda text: f"E {text}")


def choose(page, picture):
    """Choose a picture in the page's own editor."""
    body = page.body.get_prep_value()
    body[0]["value"]["image"]["image"] = picture.pk
    page.body = json.dumps(body)


def pictures(page):
    """Return the keys of the pictures on the stored page."""
    page.refresh_from_db()
    return [picture.pk for picture in page.body_pictures()]


def test_a_picture_chosen_by_hand_stays_when_the_original_is_published_again(
    translated_article_with_picture, moderator
):
    article, _translation, page = translated_article_with_picture
    picture = PictureFactory()
    choose(page, picture)
    page.save_revision(user=moderator).publish(user=moderator)
    article.published_at = datetime(2021, 1, 2, tzinfo=UTC)
    article.save_revision().publish()
    assert pictures(page) == [picture.pk]
    assert page.published_at == article.published_at


def test_the_picture_of_the_original_chosen_again_is_no_longer_the_translations_own(
    translated_article_with_picture, moderator
):
    article, translation, page = translated_article_with_picture
    for picture in (PictureFactory(), article.body_pictures()[0]):
        choose(page, picture)
        page.save_revision(user=moderator)
    assert [each.replacement for each in localize.replaceables(translation)] == [None]


def test_a_picture_that_nobody_chose_follows_the_original(
    translated_article_with_picture, moderator
):
    """A reviewer saves the page with its old picture, when the original already has another one."""
    article, _translation, page = translated_article_with_picture
    picture = PictureFactory()
    choose(article, picture)
    article.introduction = "Có lời dẫn."
    article.save_revision().publish()
    page.refresh_from_db()
    page.title = "School begins"
    page.save_revision(user=moderator)
    translation = localize.translation_of(page)
    assert [each.replacement for each in localize.replaceables(translation)] == [None]
    assert [p.pk for p in localize.build_translated_page(translation).body_pictures()] == [
        picture.pk
    ]
