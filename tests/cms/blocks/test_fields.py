"""The StreamField keeps its blocks out of migrations and loses no stored data."""

import json
import uuid

import pytest
from django.apps import apps
from django.db.migrations import AddField, AlterField
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import AutoField, JSONField, TextField, Value
from django.db.models.functions import Cast
from wagtail import blocks
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import (
    AlterBlockValueOperation,
    RenameStreamChildrenOperation,
    RenameStructChildrenOperation,
)
from wagtail.blocks.migrations.utils import InvalidBlockDefError

from cms.blocks.fields import StreamField, WagtailStreamField
from tests.cms.filled_body import FilledBody
from tests.factories import ArticleFactory, PlainPageFactory

# A block that the current code does not have.
UNKNOWN = {"type": "poll", "value": {"question": "Có hay không?"}, "id": str(uuid.uuid4())}

WITHOUT_ID = {"type": "heading", "value": "Tiêu đề 😀"}


@pytest.fixture(scope="module")
def historical_apps():
    """The historical models that migrations use."""
    return MigrationLoader(None).project_state().apps


@pytest.fixture
def raw_body(section):
    """A filled body with two more blocks: one of an unknown type and one without an id."""
    return [*FilledBody([section]).raw(), UNKNOWN, WITHOUT_ID]


@pytest.fixture
def article(section, raw_body):
    """An article whose body and revision hold the raw body, including the unknown block."""
    article = ArticleFactory(parent=section)
    revision = article.save_revision()
    revision.content["body"] = json.dumps(raw_body)
    revision.save()
    store(article, raw_body)
    return article


def store(page, raw_body):
    """Write the raw body into the column without using the field."""
    stored_as_it_is = Value(raw_body, output_field=JSONField())
    type(page).objects.filter(pk=page.pk).update(body=stored_as_it_is)


def stored(page):
    """Return the text of the column."""
    return (
        type(page)
        .objects.annotate(text=Cast("body", TextField()))
        .values_list("text", flat=True)
        .get(pk=page.pk)
    )


def migrate(historical_apps, *operations):
    """Run a block migration over all articles and their revisions."""
    migration = MigrateStreamData("news", "ArticlePage", "body", list(operations))
    migration.migrate_stream_data_forward(historical_apps, None)


# The field in migrations


def test_other_blocks_are_no_change_to_a_migration():
    before = StreamField([("heading", blocks.CharBlock())], blank=True)
    after = StreamField([("poll", blocks.TextBlock(max_length=9))], blank=True)
    assert before.deconstruct() == after.deconstruct()


def test_what_the_column_is_stays_in_the_migration():
    _name, _path, arguments, options = StreamField([], blank=True, verbose_name="x").deconstruct()
    assert arguments == []
    assert options == {"blank": True, "verbose_name": "x"}


def test_each_body_of_the_site_keeps_its_blocks_out_of_migrations(historical_apps):
    bodies = {
        model._meta.label: field.name
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, WagtailStreamField)
    }
    assert bodies == {"news.ArticlePage": "body", "home.PlainPage": "body"}
    for label, name in bodies.items():
        assert historical_apps.get_model(label)._meta.get_field(name).is_historical


# Pages in migrations


@pytest.mark.parametrize("kind", [ArticleFactory, PlainPageFactory])
def test_a_page_saved_in_a_migration_keeps_its_body_to_the_byte(
    kind, home, section, raw_body, historical_apps
):
    page = kind(parent=section if kind is ArticleFactory else home)
    store(page, raw_body)
    before = stored(page)
    assert "poll" in before
    seen = historical_apps.get_model(page._meta.label).objects.get(pk=page.pk)
    assert seen.body
    seen.title = "Tên khác"
    seen.save()
    assert stored(page) == before
    assert type(page).objects.get(pk=page.pk).title == "Tên khác"


@pytest.mark.parametrize("text", ["[]", '"<p>Văn bản cũ</p>"'])
def test_an_empty_body_and_a_plain_text_stay_as_they_are(text, section, historical_apps):
    article = ArticleFactory(parent=section)
    store(article, json.loads(text))
    before = stored(article)
    historical_apps.get_model("news.ArticlePage").objects.get(pk=article.pk).save()
    assert stored(article) == before


def test_a_migration_may_write_a_body_as_json(section, raw_body, historical_apps):
    article = ArticleFactory(parent=section)
    seen = historical_apps.get_model("news.ArticlePage").objects.get(pk=article.pk)
    seen.body = json.dumps(raw_body)
    seen.save()
    assert json.loads(stored(article)) == raw_body


def test_a_migration_may_write_a_body_as_tuples(section, historical_apps):
    article = ArticleFactory(parent=section)
    seen = historical_apps.get_model("news.ArticlePage").objects.get(pk=article.pk)
    seen.body = [("heading", "Xin chào"), ("poll", UNKNOWN["value"], UNKNOWN["id"])]
    seen.save()
    assert json.loads(stored(article)) == [{"type": "heading", "value": "Xin chào"}, UNKNOWN]


@pytest.mark.parametrize(
    ("model_name", "field_name"), [("Notice", "body"), ("ArticlePage", "text"), ("Topic", "name")]
)
def test_a_field_that_the_code_has_no_more_keeps_what_is_given(model_name, field_name):
    """The model was deleted, its field was deleted, or the field is of another kind."""
    state = ProjectState()
    field = StreamField(default=[("heading", "Xin chào")])
    state.add_model(ModelState("news", model_name, [("id", AutoField(primary_key=True))]))
    AddField(model_name, field_name, field).state_forwards("news", state)
    made = state.apps.get_model("news", model_name)()
    assert made._meta.get_field(field_name).get_prep_value(getattr(made, field_name)) == [
        {"type": "heading", "value": "Xin chào"}
    ]


def test_a_migration_may_read_the_children(section, raw_body, historical_apps):
    article = ArticleFactory(parent=section)
    store(article, raw_body)
    seen = historical_apps.get_model("news.ArticlePage").objects.get(pk=article.pk)
    assert [child["type"] for child in seen.body.raw_data][-2:] == ["poll", "heading"]
    assert seen.body[len(raw_body) - 1].value == "Tiêu đề 😀"


# Block migrations


def test_a_migration_of_blocks_finds_one_inside_others(article, raw_body, historical_apps):
    operation = RenameStructChildrenOperation("credit", "photographer")
    migrate(historical_apps, (operation, "gallery.pictures.item"))
    changed = json.loads(stored(article))
    for before, after in zip(raw_body, changed, strict=True):
        if before["type"] != "gallery":
            assert after["value"] == before["value"]
            continue
        for old, new in zip(before["value"]["pictures"], after["value"]["pictures"], strict=True):
            credit = old["value"].pop("credit")
            assert credit
            assert new == {**old, "value": {**old["value"], "photographer": credit}}


def test_a_migration_of_blocks_reaches_revisions(article, historical_apps):
    migrate(historical_apps, (AlterBlockValueOperation("Báo tỉnh"), "quote.attribution"))
    article.latest_revision.refresh_from_db()
    for body in (json.loads(stored(article)), json.loads(article.latest_revision.content["body"])):
        quotes = [child["value"] for child in body if child["type"] == "quote"]
        assert [quote["attribution"] for quote in quotes] == ["Báo tỉnh"]
        assert UNKNOWN in body


def test_a_migration_may_rename_a_block_that_the_code_has_no_more(article, historical_apps):
    migrate(historical_apps, (RenameStreamChildrenOperation("poll", "survey"), ""))
    body = json.loads(stored(article))
    assert {**UNKNOWN, "type": "survey"} in body


def test_what_lies_inside_a_block_that_the_code_has_no_more_is_refused_by_name(
    article, historical_apps
):
    before = stored(article)
    with pytest.raises(InvalidBlockDefError) as refusal:
        migrate(historical_apps, (AlterBlockValueOperation("?"), "poll.question"))
    assert "poll" in str(refusal.value.__cause__)
    assert stored(article) == before


def test_a_migration_may_bring_the_old_blocks_along(article):
    poll = blocks.StructBlock([("question", blocks.CharBlock())])
    state = MigrationLoader(None).project_state()
    AlterField(
        "ArticlePage", "body", WagtailStreamField([("poll", poll)], blank=True)
    ).state_forwards("news", state)
    before = json.loads(stored(article))
    migrate(state.apps, (AlterBlockValueOperation("Vì sao?"), "poll.question"))
    changed = {**UNKNOWN, "value": {"question": "Vì sao?"}}
    after = json.loads(stored(article))
    assert after[:-1] == [changed if child == UNKNOWN else child for child in before][:-1]
    assert after[-1] == {**WITHOUT_ID, "id": after[-1]["id"]}
