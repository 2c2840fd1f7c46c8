"""An object of every translatable model, with every field filled, is translated and read again.

The models themselves supply the fields. A field or a model that is added later is therefore
covered, or it fails here.
"""

import itertools
import json
from datetime import UTC, datetime

import pytest
from django.db import models
from wagtail.models import Page, get_translatable_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.blocks.fields import StreamField
from cms.models import PortalImage, SiteFrame
from cms.text.sorting import sort_key
from cms.visitors.models import NUMBER, VisitorCounter, validate_wording
from home.models import HomePage, HomePageLead, PlainPage
from news.models import ArticlePage, ArticleTopic, NewsIndexPage, Topic
from tests.cms.filled_body import WORD, FilledBody
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    TopicFactory,
    publish_english_translation,
)

# Fields whose values may differ after a translation: none.
EXEMPT = []

# The translatable models. `Page` is left out, because every page has a model of its own.
MODELS = [model for model in get_translatable_models(include_subclasses=True) if model is not Page]

TEXTS = (models.CharField, models.TextField, StreamField)


class Filler:
    """A filler for every field of a model that wagtail-localize knows. No two texts are alike."""

    def __init__(self, article, counter):
        self.article, self.counter = article, counter
        self.topic = TopicFactory(name=f"{WORD} của bài")
        self.numbers = itertools.count(1)

    def filled(self, model):
        """Return an unsaved instance of `model`, with its fields filled.

        Raise `NotImplementedError` for an unknown kind of field.
        """
        instance = model()
        for translatable in get_translatable_fields(model):
            field = translatable.get_field(model)
            for kind, value in self.fillers():
                if isinstance(field, kind):
                    setattr(instance, translatable.field_name, value(field))
                    break
            else:
                raise NotImplementedError(f"Tell {__file__} how to fill {field!r}")
        return instance

    def fillers(self):
        """Return pairs of a kind of field and the function that fills it, special kinds first."""
        return [
            (StreamField, lambda field: json.dumps(FilledBody([self.article]).raw())),
            (models.SlugField, lambda field: f"chu-{next(self.numbers)}"),
            (models.URLField, lambda field: "https://bao.example/tin"),
            (models.EmailField, lambda field: "so@tinh.example"),
            (models.CharField, self.text),
            (models.TextField, self.text),
            (models.BooleanField, lambda field: True),
            (models.DateTimeField, lambda field: datetime(2020, 8, 12, 9, 47, tzinfo=UTC)),
            (models.ForeignKey, self.chosen),
            (models.ManyToOneRel, self.children),
        ]

    def text(self, field):
        """Return a unique text, with the placeholder for a number if the field requires it."""
        text = f"{WORD} {next(self.numbers)}"
        return f"{NUMBER} {text}" if validate_wording in field.validators else text

    def chosen(self, field):
        """Return the object that a foreign key chooses."""
        return {PortalImage: PictureFactory, VisitorCounter: lambda: self.counter}[
            field.related_model
        ]()

    def children(self, relation):
        """Return the objects that an editor chooses in a list."""
        return {
            ArticleTopic: lambda: [ArticleTopic(topic=self.topic)],
            HomePageLead: lambda: [HomePageLead(article=self.article)],
        }[relation.related_model]()


@pytest.fixture
def original(request, home, section, vietnamese):
    """A published Vietnamese page or snippet, with every field filled."""
    # A language can have only one frame.
    SiteFrame.objects.all().delete()
    article = ArticleFactory(parent=section, title=f"{WORD} 0")
    publish_english_translation(article, "Text 0")
    counter = VisitorCounter.objects.get(locale=vietnamese)
    instance = Filler(article, counter).filled(request.param)
    parents = {HomePage: home.get_parent(), NewsIndexPage: home, PlainPage: home}
    if isinstance(instance, Page):
        parents.get(request.param, section).add_child(instance=instance)
        instance.save_revision().publish()
    else:
        instance.locale = vietnamese
        instance.full_clean()
        instance.save()
    return request.param.objects.get(pk=instance.pk)


@pytest.fixture
def translated_instance(original, english, django_capture_on_commit_callbacks):
    """The published English translation, which wagtail-localize created from a PO file."""
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(original, [english])
        translation = Translation.objects.get(source__object_id=original.translation_key)
        po = translation.export_po()
        for entry in po:
            entry.msgstr = in_other_words(entry.msgid)
        assert translation.import_po(po) == []
        translation.save_target(publish=True)
    return type(original).objects.get(pk=translation.get_target_instance().pk)


def in_other_words(text):
    """Return the translator's words for `text`, which may be a slug."""
    return text.replace(WORD, "Text").replace("chu-", "text-")


def value_of(instance, name):
    """Return the stored value of a field, or the keys of the objects chosen in a list."""
    field = instance._meta.get_field(name)
    if isinstance(field, models.ManyToOneRel):
        chosen = {ArticleTopic: "topic_id", HomePageLead: "article_id"}[field.related_model]
        return list(getattr(instance, name).values_list(chosen, flat=True))
    if isinstance(field, StreamField):
        return getattr(instance, name).get_prep_value()
    return field.value_from_object(instance)


def expected_of(original, translatable, english):
    """Return the value that the field of the English translation must have."""
    value = value_of(original, translatable.field_name)
    field = translatable.get_field(type(original))
    if isinstance(field, models.ForeignKey) and translatable.is_translated(original):
        return getattr(original, field.name).get_translation(english).pk
    return json.loads(in_other_words(json.dumps(value, ensure_ascii=False, default=str)))


every_model = pytest.mark.parametrize(
    "original", MODELS, indirect=True, ids=[model.__name__ for model in MODELS]
)


def test_the_models_are_those_of_the_portal():
    assert {HomePage, PlainPage, NewsIndexPage, ArticlePage} <= set(MODELS)
    assert {Topic, SiteFrame, VisitorCounter} <= set(MODELS)
    assert EXEMPT == []


@pytest.mark.parametrize("model", MODELS)
def test_every_text_that_is_edited_is_carried_along(model):
    known = {field.field_name for field in get_translatable_fields(model)}
    edited = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, TEXTS) and field.editable
    }
    # The path is the position of a page in the tree.
    assert edited - known - {"path"} == set()


@every_model
def test_every_value_comes_back_from_translation(original, translated_instance, english):
    different = {}
    for translatable in get_translatable_fields(type(original)):
        name = translatable.field_name
        expected = expected_of(original, translatable, english)
        found = json.loads(json.dumps(value_of(translated_instance, name), default=str))
        assert found not in ("", None, []), name
        if found != expected:
            different[name] = (found, expected)
    assert different == {}


@every_model
def test_no_stored_text_of_the_translation_is_vietnamese(original, translated_instance):
    for field in translated_instance._meta.concrete_fields:
        if isinstance(field, TEXTS):
            stored = json.dumps(value_of(translated_instance, field.name), ensure_ascii=False)
            assert WORD.lower() not in stored.lower(), field.name
    if isinstance(translated_instance, Page):
        assert translated_instance.live
        assert translated_instance.title_sort_key == sort_key(translated_instance.title)


@every_model
def test_the_original_is_left_as_it_was(original, translated_instance):
    again = type(original).objects.get(pk=original.pk)
    for translatable in get_translatable_fields(type(original)):
        name = translatable.field_name
        assert value_of(again, name) == value_of(original, name)
