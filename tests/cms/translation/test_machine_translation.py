"""Machine drafts.

The engine from the settings makes them. They are marked until a person confirms them. A draft is
saved completely or not at all.
"""

import time

import pytest
import requests
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import StringValue

from cms.translation import drafts, localize, machine_translation, review
from cms.translation.models import PageTranslation
from tests.cms.translation.conftest import is_refused


class Engine(BaseMachineTranslator):
    """A stand-in for the external service."""

    display_name = "Engine"
    batches = []

    def can_translate(self, source_locale, target_locale):
        """Return whether the target language is English, the only one that this engine knows."""
        return target_locale.language_code == "en"

    def translate(self, source_locale, target_locale, strings):
        """Return the answers that the test wants."""
        Engine.batches.append(len(strings))
        return {string: StringValue(Engine.answer(string.data)) for string in strings}


@pytest.fixture
def engine(settings, monkeypatch):
    """The engine, which is set in the settings. A test may change `Engine.answer`."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": f"{Engine.__module__}.{Engine.__qualname__}"
    }
    monkeypatch.setattr("wagtail_localize.machine_translators.import_string", lambda path: Engine)
    monkeypatch.setattr(Engine, "batches", [])
    monkeypatch.setattr(Engine, "answer", lambda text: f"EN {text}", raising=False)
    return Engine


def answers(monkeypatch, function):
    """Make the engine answer with `function`."""
    monkeypatch.setattr(Engine, "answer", function)


def test_what_has_no_translation_is_drafted_and_marked(engine, translation, translator):
    title = localize.segments(translation)[0]
    localize.save_string(translation, title, "School begins", translator)
    count = machine_translation.draft(translation, translator)
    segments = {segment.path: segment for segment in localize.segments(translation)}
    assert count == len(segments) - 1
    assert segments["title"].translation == "School begins"
    assert segments["slug"].translation == "school-begins"
    introduction = segments["introduction"]
    assert introduction.translation == f"EN {introduction.source}"
    assert (introduction.is_machine, introduction.tool) == (True, "Engine")
    row = PageTranslation.objects.get()
    assert (row.translated_count, sum(each.is_machine for each in segments.values())) == (
        1,
        len(segments) - 1,
    )
    page = localize.target_of(translation)
    assert page.get_latest_revision_as_object().introduction.startswith("EN ")
    assert not page.live


def test_a_draft_is_not_published_before_a_person_confirms_it(engine, translation, moderator):
    machine_translation.draft(translation, moderator)
    with pytest.raises(ValidationError):
        review.submit_for_review(translation, moderator)
    with pytest.raises(ValidationError):
        drafts.publish(translation, moderator)
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, segment.translation, moderator)
    drafts.publish(translation, moderator)
    assert localize.target_of(translation).live


def test_a_text_that_changed_is_left_to_a_person(engine, article, translation, translator):
    machine_translation.draft(translation, translator)
    article.introduction = "Hôm nay các trường mở cửa lúc 7 giờ."
    article.save_revision().publish()
    localize.refresh(translation.source)
    assert machine_translation.draft(translation, translator) == 0
    waiting = next(s for s in localize.segments(translation) if s.path == "introduction")
    assert waiting.earlier.translation == "EN Hôm nay các trường mở cửa."


def test_what_a_person_translates_meanwhile_is_kept(engine, translation, translator, monkeypatch):
    title = localize.segments(translation)[0]

    def ask(*arguments):
        localize.save_string(translation, title, "School begins", translator)
        return [f"EN {text}" for text in arguments[-1]]

    monkeypatch.setattr(machine_translation, "engine_translations", ask)
    machine_translation.draft(translation, translator)
    title = localize.segments(translation)[0]
    assert (title.translation, title.is_machine) == ("School begins", False)


def test_many_texts_are_sent_in_batches(engine, translation, translator, monkeypatch):
    monkeypatch.setattr(machine_translation, "TEXTS_PER_REQUEST", 2)
    machine_translation.draft(translation, translator)
    assert max(engine.batches) == 2
    assert len(engine.batches) > 1


def fail_with(error):
    """Return a function that raises `error` instead of an answer."""

    def answer(text):
        raise error

    return answer


def sleep(text):
    """Return the answer too late, after half a second."""
    time.sleep(0.5)
    return text


@pytest.mark.parametrize(
    "answer",
    [
        fail_with(requests.ConnectionError("no network")),
        fail_with(requests.Timeout("too late")),
        fail_with(requests.HTTPError("403")),
        fail_with(ValueError("zip() argument 2 is shorter")),
        fail_with(KeyError("translations")),
        lambda text: None,
        lambda text: "",
        lambda text: "<p>A block</p>",
        lambda text: "<script>alert(1)</script>",
        lambda text: "<b>Tags of its own</b>",
        lambda text: "<!--><script>alert(1)</script>-->",
        lambda text: "x" * 5000,
        lambda text: text if "Hôm nay" in text else "<p>The last is broken</p>",
    ],
)
def test_an_engine_that_fails_changes_nothing(
    engine, translation, translator, monkeypatch, answer, caplog
):
    answers(monkeypatch, answer)
    with pytest.raises(machine_translation.MachineError) as error:
        machine_translation.draft(translation, translator)
    assert str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert not StringTranslation.objects.exists()


def test_an_engine_that_leaves_something_out_changes_nothing(
    engine, translation, translator, monkeypatch
):
    monkeypatch.setattr(Engine, "translate", lambda *arguments: {})
    with pytest.raises(machine_translation.MachineError):
        machine_translation.draft(translation, translator)
    assert not StringTranslation.objects.exists()


def test_nobody_waits_longer_than_the_limit(engine, translation, translator, monkeypatch):
    answers(monkeypatch, sleep)
    monkeypatch.setattr(machine_translation, "ENGINE_TIMEOUT_SECONDS", 0.1)
    with pytest.raises(machine_translation.MachineError):
        machine_translation.draft(translation, translator)
    assert not StringTranslation.objects.exists()


# The URL

ALLOWED = {"translator", "moderator", "administrator"}


def address(translation):
    """Return the URL that requests a draft."""
    return reverse("translations:machine_draft", args=[translation.pk])


@pytest.mark.parametrize("role", ["anonymous", "editor", *sorted(ALLOWED)])
def test_who_may_ask_for_a_draft(role, engine, client_of, translation):
    client = client_of(role)
    assert client.get(address(translation)).status_code in (302, 403, 405)
    assert not StringTranslation.objects.exists()
    response = client.post(address(translation))
    assert is_refused(response) is (role not in ALLOWED)
    assert StringTranslation.objects.exists() is (role in ALLOWED)


def test_without_an_engine_there_is_no_such_address(client_of, translation):
    assert client_of("translator").post(address(translation)).status_code == 404


def test_a_language_that_the_engine_does_not_know(engine, client_of, translation, monkeypatch):
    monkeypatch.setattr(Engine, "can_translate", lambda *arguments: False)
    assert client_of("translator").post(address(translation)).status_code == 404


def test_what_is_in_review_is_not_drafted(engine, client_of, translation, translator):
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, f"Text {segment.id}", translator)
    review.submit_for_review(translation, translator)
    assert is_refused(client_of("translator").post(address(translation)))


def test_the_failure_is_told(engine, client_of, translation, monkeypatch):
    answers(monkeypatch, lambda text: "")
    client = client_of("translator")
    response = client.post(address(translation))
    assert response.url == reverse("translations:edit", args=[translation.pk])
    assert 'class="error"' in client.get(reverse("translations:exchange")).content.decode()


def test_what_a_person_saves_at_the_same_moment_stays(
    engine, translation, translator, moderator, monkeypatch
):
    lock = localize.lock

    def save_before_the_lock(translation):
        title = localize.segments(translation)[0]
        localize.save_string(translation, title, "By a person", moderator)
        lock(translation)

    monkeypatch.setattr(localize, "lock", save_before_the_lock)
    machine_translation.draft(translation, translator)
    assert localize.segments(translation)[0].translation == "By a person"
