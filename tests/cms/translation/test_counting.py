"""Board rows for pages that existed before the board: the migration and the recount command."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Page

from cms.translation import drafts, localize, progress
from cms.translation.models import PageTranslation, State
from tests.cms.translation.conftest import publish_translated, translate
from tests.factories import ArticleFactory

migration = import_module("cms.translation.migrations.0003_list_existing_pages")

COUNTED = ["state", "translation", "segment_count", "translated_count", "posted_at", "urgency"]


def run_migration():
    """List the pages as the migration does, with the historical models."""
    state = MigrationLoader(None).project_state(("translation", "0003_list_existing_pages"))
    migration.list_pages(state.apps, None)


def counted_values(row):
    """Return the counted values of a row."""
    return {name: getattr(row, name) for name in COUNTED}


@pytest.fixture
def pages(section, english, moderator, monkeypatch):
    """An article in each state, without rows on the board."""
    monkeypatch.setattr(migration, "BATCH", 2)
    missing, draft, live, unpublished, by_hand = (
        ArticleFactory(parent=section, title=title, introduction="Có 329 em.")
        for title in ("Thiếu", "Nháp", "Đã đăng", "Chưa đăng", "Viết tay")
    )
    unpublished.unpublish()
    by_hand.copy_for_translation(english)
    localize.save_string(
        started := localize.start(draft, english, None),
        localize.segments(started)[0],
        "One",
        moderator,
    )
    published = localize.start(live, english, None)
    translate(published, lambda text: f"Text {text}", moderator)
    drafts.publish(published, moderator)
    PageTranslation.objects.all().delete()
    return {"missing": missing, "draft": draft, "live": live, "by_hand": by_hand}


def test_the_migration_lists_every_published_original(pages, section, home):
    run_migration()
    states = dict(PageTranslation.objects.values_list("source_page__title", "state"))
    assert states == {
        "Thiếu": State.MISSING,
        "Nháp": State.DRAFT,
        "Đã đăng": State.PUBLISHED,
        "Viết tay": State.DRAFT,
        section.title: State.PUBLISHED,
        home.title: State.PUBLISHED,
    }


def test_the_migration_counts_as_the_desk_does(pages):
    run_migration()
    listed = {row.pk: counted_values(row) for row in PageTranslation.objects.all()}
    assert PageTranslation.objects.get(source_page=pages["draft"]).translated_count == 1
    for row in PageTranslation.objects.all():
        progress.count(row)
        assert counted_values(row) == listed[row.pk]


def test_what_was_published_is_taken_for_approved(pages):
    run_migration()
    row = PageTranslation.objects.get(source_page=pages["live"])
    translated_page = localize.target_of(row.translation)
    assert row.approved_at == translated_page.last_published_at
    assert row.approved_strings == [segment.key for segment in localize.segments(row.translation)]
    page = Page.objects.get(pk=row.source_page_id).specific
    page.introduction = "Có 330 em."
    page.save_revision().publish()
    row.refresh_from_db()
    assert (row.state, row.changed_count) == (State.STALE, 1)


def test_the_migration_may_run_twice_and_leaves_who_works_on_what(pages, translator):
    run_migration()
    PageTranslation.objects.filter(source_page=pages["draft"]).update(translator=translator)
    amount = PageTranslation.objects.count()
    run_migration()
    assert PageTranslation.objects.count() == amount
    assert PageTranslation.objects.get(source_page=pages["draft"]).translator == translator


def test_the_migration_does_no_harm_to_an_empty_database(db):
    apps.get_model("wagtailcore.Page").objects.all().delete()
    run_migration()
    assert not PageTranslation.objects.exists()


def test_the_command_counts_every_row_anew(pages, capsys):
    call_command("count_translations")
    first = {row.pk: counted_values(row) for row in PageTranslation.objects.all()}
    assert len(first) == 6
    assert f": {len(first)}." in capsys.readouterr().out
    PageTranslation.objects.update(state=State.RETURNED, segment_count=99)
    call_command("count_translations")
    assert {row.pk: counted_values(row) for row in PageTranslation.objects.all()} == first


def test_the_command_drops_what_is_no_longer_there(pages):
    run_migration()
    Page.objects.filter(pk=pages["missing"].pk).update(live=False)
    call_command("count_translations")
    assert not PageTranslation.objects.filter(source_page=pages["missing"]).exists()


def test_who_counts_a_row_does_not_take_an_approval_back(article, translation, moderator):
    """A recount keeps the approval if somebody publishes after the row was read."""
    read_before = progress.row_of(translation)
    page = publish_translated(translation, lambda text: f"E {text}", moderator)
    progress.count(read_before)
    row = PageTranslation.objects.get(translation=translation)
    assert row.approved_at
    assert row.approved_strings
    assert row.translator == moderator
    assert page.live


@pytest.mark.parametrize(
    ("translated", "total", "percentage"),
    [(0, 0, 0), (0, 3, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100)],
)
def test_a_translation_is_complete_only_when_every_text_is_done(translated, total, percentage):
    row = PageTranslation(translated_count=translated, segment_count=total)
    assert row.percentage == percentage
