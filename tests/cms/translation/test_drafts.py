"""A live page changes only when it is published, and it never has gaps."""

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.translation import drafts, localize, review
from cms.translation.models import PageTranslation, State
from news.models import ArticlePage
from tests.cms.translation.conftest import translate

# Fields in which Wagtail itself records a draft on the row of its page.
BOOKKEEPING = {
    "draft_title",
    "latest_revision",
    "latest_revision_created_at",
    "has_unpublished_changes",
}


def live_row(page):
    """Return all data that readers could see of the page's row and of its children."""
    stored = ArticlePage.objects.get(pk=page.pk)
    rows = serializers.serialize("python", [stored, Page.objects.get(pk=page.pk)])
    return [
        {name: value for name, value in row["fields"].items() if name not in BOOKKEEPING}
        for row in rows
    ] + [stored.article_topics.count(), str(stored.body.get_prep_value())]


@pytest.fixture
def live_page(translation, moderator):
    """The English page, translated and published."""
    translate(translation, lambda text: f"Text {text}", moderator)
    drafts.publish(translation, moderator)
    return localize.target_of(translation)


def test_a_draft_leaves_the_live_page_byte_for_byte(live_page, translation, translator, moderator):
    before = live_row(live_page)
    translate(translation, lambda text: f"Other {text}", translator)
    drafts.save_draft(translation, translator)
    assert live_row(live_page) == before
    review.submit_for_review(translation, translator)
    assert live_row(live_page) == before
    page = localize.target_of(translation)
    page.current_workflow_task_state.specific.reject(user=moderator, comment="No")
    assert live_row(live_page) == before


def test_what_is_approved_goes_live(live_page, translation, translator, moderator):
    translate(translation, lambda text: f"Other {text}", translator)
    review.submit_for_review(translation, translator)
    assert PageTranslation.objects.get().state == State.REVIEW
    page = localize.target_of(translation)
    page.current_workflow_task_state.specific.approve(user=moderator)
    page.refresh_from_db()
    assert page.title.startswith("Other")
    assert PageTranslation.objects.get().state == State.PUBLISHED


def test_a_page_with_gaps_is_neither_handed_on_nor_published(translation, translator, moderator):
    segment = localize.segments(translation)[0]
    localize.save_string(translation, segment, "School begins", translator)
    with pytest.raises(ValidationError):
        review.submit_for_review(translation, translator)
    with pytest.raises(ValidationError):
        drafts.publish(translation, moderator)
    revision = drafts.save_draft(translation, moderator)
    with pytest.raises(ValidationError):
        revision.publish()
    assert not localize.target_of(translation).live


def test_a_stopped_translation_is_a_page_like_any_other(live_page, translation, moderator):
    localize.set_enabled(translation, enabled=False)
    live_page.title = "By hand"
    live_page.save_revision(user=moderator).publish(user=moderator)
    live_page.refresh_from_db()
    assert live_page.title == "By hand"


def test_one_person_writes_over_their_own_draft(translation, translator, moderator):
    first = drafts.save_draft(translation, translator)
    assert drafts.save_draft(translation, translator) == first
    assert drafts.save_draft(translation, moderator) != first


def test_nobody_writes_over_the_draft_that_a_reviewer_read(translation, translator, moderator):
    translate(translation, lambda text: f"Text {text}", translator)
    review.submit_for_review(translation, translator)
    page = localize.target_of(translation)
    read = page.get_latest_revision()
    page.current_workflow_task_state.specific.reject(user=moderator, comment="No")
    assert drafts.save_draft(translation, translator) != read
    read.refresh_from_db()


def test_a_text_longer_than_its_field_is_refused_and_the_former_kept(translation, translator):
    title = localize.segments(translation)[0]
    localize.save_string(translation, title, "School begins", translator)
    with pytest.raises(ValidationError, match="255"):
        localize.save_string(translation, title, "x" * 300, translator)
    assert localize.segments(translation)[0].translation == "School begins"


def test_what_the_page_does_not_take_is_told_at_its_segment(translation, translator, monkeypatch):
    def refuse(page):
        raise ValidationError({"title": "No such title"})

    title = localize.segments(translation)[0]
    localize.save_string(translation, title, "School begins", translator)
    with monkeypatch.context() as patch:
        patch.setattr(ArticlePage, "clean", refuse)
        with pytest.raises(ValidationError):
            drafts.save_draft(translation, translator)
    title = localize.segments(translation)[0]
    assert (title.translation, title.error) == ("School begins", "No such title")
    localize.save_string(translation, title, "School begins", translator)
    drafts.save_draft(translation, translator)
    assert localize.segments(translation)[0].error == ""
