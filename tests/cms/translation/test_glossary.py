"""The glossary of official names: terms, the search in a text, warnings of missing names."""

import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.translation import glossary, localize, suggestions
from cms.translation.models import GlossaryTerm
from tests.cms.translation.conftest import is_refused
from tests.factories import ArticleFactory


def add(locale, source, translation, note=""):
    """Add a term to the glossary as its form does."""
    term = GlossaryTerm(locale=locale, source=source, translation=translation, note=note)
    term.full_clean()
    term.save()
    return term


@pytest.fixture
def council(english):
    """Three terms. The first one is part of the second one."""
    return [
        add(english, "Ủy ban nhân dân", "People’s Committee"),
        add(english, "Ủy ban nhân dân tỉnh", "Provincial People’s Committee", "Theo Thông tư"),
        add(english, "Sở Nội vụ", "Department of Home Affairs"),
    ]


def sources(found):
    """Return the source of each term."""
    return [term.source for term in found]


# Terms


def test_a_term_is_kept_as_nfc_with_single_spaces(english):
    source = unicodedata.normalize("NFD", "  Ủy\u00a0ban  nhân dân ")
    assert add(english, source, " People’s  Committee ").source == "Ủy ban nhân dân"
    assert GlossaryTerm.objects.get().translation == "People’s Committee"


@pytest.mark.parametrize("again", ["Sở Nội vụ", "SỞ  NỘI VỤ", "sở nội vụ"])
def test_a_term_is_unique_in_its_language(council, english, again):
    with pytest.raises(ValidationError):
        add(english, again, "Home Office")
    add(Locale.objects.create(language_code="fr"), again, "Département de l’Intérieur")


@pytest.mark.parametrize(
    "values",
    [
        {"source": ""},
        {"source": "…"},
        {"translation": " "},
        {"translation": "–"},
        {"source": "x" * 201},
        {"locale_id": None},
    ],
)
def test_a_term_that_says_nothing_is_refused(english, values):
    term = GlossaryTerm(**{"locale": english, "source": "Sở", "translation": "Dept", **values})
    if "locale_id" in values:
        term.locale_id = None
    with pytest.raises(ValidationError):
        term.full_clean()


def test_terms_stand_in_the_order_of_a_vietnamese_dictionary(english):
    for source in ("Ủy ban", "Đoàn", "Quốc hội", "Dân"):
        add(english, source, "x")
    assert sources(GlossaryTerm.objects.all()) == ["Dân", "Đoàn", "Quốc hội", "Ủy ban"]


# The search for terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân tỉnh họp.", ["Ủy ban nhân dân tỉnh"]),
        ("ỦY BAN NHÂN DÂN xã", ["Ủy ban nhân dân"]),
        ("Uỷ ban nhân dân huyện", ["Ủy ban nhân dân"]),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), ["Ủy ban nhân dân"]),
        ("“Sở Nội vụ”, Ủy ban nhân dân", ["Sở Nội vụ", "Ủy ban nhân dân"]),
        ("Sở Nội vụ và Sở Nội vụ", ["Sở Nội vụ"]),
        ("Sở Nội vụt", []),
        ("Sở, Nội vụ", []),
        ("Ủy ban", []),
        ("", []),
    ],
)
def test_what_of_the_glossary_is_in_a_text(council, english, text, expected):
    assert sources(suggestions.load_glossary(english).find_terms(text)) == expected


def test_an_empty_glossary_finds_nothing(english):
    assert suggestions.load_glossary(english).find_terms("Sở Nội vụ") == []


def test_what_changes_is_seen_at_once(council, english):
    council[2].delete()
    council[0].translation = "Committee of the People"
    council[0].save()
    found = suggestions.load_glossary(english).find_terms("Sở Nội vụ, Ủy ban nhân dân")
    assert [term.translation for term in found] == ["Committee of the People"]


def test_2000_terms_are_read_and_searched_fast(english):
    rows = [
        GlossaryTerm(locale=english, source=f"Cơ quan số {n} của tỉnh", translation=f"Agency {n}")
        for n in range(2000)
    ]
    for row in rows:
        row.spell()
    GlossaryTerm.objects.bulk_create(rows)
    text = "Hôm nay Cơ quan số 1234 của tỉnh họp cùng nhân dân. " * 200
    start = time.perf_counter()
    found = suggestions.load_glossary(english).find_terms(text)
    assert time.perf_counter() - start < 1
    assert [term.translation for term in found] == ["Agency 1234"]


# Warnings about a translation


@pytest.fixture
def segment(section, english, council):
    """The segment of an article's introduction, which contains two official names."""
    article = ArticleFactory(
        parent=section, title="Họp báo", introduction="Uỷ ban nhân dân tỉnh & Sở Nội vụ họp."
    )
    translate_object(article, [english])
    translation = Translation.objects.get(source__object_id=article.translation_key)
    return next(s for s in localize.segments(translation) if s.path == "introduction")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The provincial people's committee and the DEPARTMENT OF HOME AFFAIRS met.", []),
        ("The Provincial People’s Committees & Department of Home Affairs met.", []),
        ("The Committee and the Department of Home Affairs met.", ["Ủy ban nhân dân tỉnh"]),
        ("They met.", ["Ủy ban nhân dân tỉnh", "Sở Nội vụ"]),
        ("", []),
    ],
)
def test_a_translation_without_the_official_words_is_warned_of(
    segment, english, translator, text, missing
):
    offered = suggestions.suggestions([segment], english, translator)[segment.id]
    found = offered.warnings(segment, text)
    assert len(found) == len(missing)
    assert all(term in warning for term, warning in zip(missing, found, strict=True))


# Earlier translations


def translate_introduction(section, english, introduction, text, user, tool=""):
    """Translate the introduction of another article, and return its segment."""
    article = ArticleFactory(parent=section, introduction=introduction)
    translate_object(article, [english])
    translation = Translation.objects.get(source__object_id=article.translation_key)
    segment = next(s for s in localize.segments(translation) if s.path == "introduction")
    localize.save_string(translation, segment, text, user, tool=tool)
    return segment


def test_the_same_text_is_offered_as_people_translated_it(
    section, english, segment, translator, moderator
):
    for text, tool in [
        ("By a machine", "DeepL"),
        ("First", ""),
        ("Second &amp; more", ""),
        ("First", ""),
        ("Third", ""),
        ("Fourth", ""),
    ]:
        translate_introduction(section, english, segment.source_text, text, translator, tool)
    found = suggestions.suggestions([segment], english, translator)[segment.id]
    assert [memory.text for memory in found.memory] == ["Fourth", "Third", "First"]
    StringTranslation.objects.filter(data__in=["Fourth", "Third"]).delete()
    found = suggestions.suggestions([segment], english, translator)[segment.id]
    assert [(m.text, m.is_machine) for m in found.memory] == [
        ("First", False),
        ("Second & more", False),
        ("By a machine", True),
    ]


def test_what_the_segment_has_and_what_is_broken_is_not_offered(
    section, english, segment, translator
):
    own = translate_introduction(section, english, segment.source_text, "Own", translator)
    translation = Translation.objects.get(source__stringsegment=own.id)
    translate_introduction(section, english, segment.source_text, "<p>Broken</p>", translator)
    translate_introduction(section, english, "Điều khác", "Something else", translator)
    own = next(s for s in localize.segments(translation) if s.path == "introduction")
    assert suggestions.suggestions([own], english, translator)[own.id].memory == []
    french = Locale.objects.create(language_code="fr")
    assert suggestions.suggestions([segment], french, translator)[segment.id].memory == []


def test_suggestions_take_two_queries_for_any_number_of_segments(
    section, english, segment, translator
):
    """One query reads the glossary, the other one reads earlier translations."""
    segments = [
        translate_introduction(
            section, english, f"Sở Nội vụ {number}", f"Text {number}", translator
        )
        for number in range(10)
    ]
    # The user's permissions are read once per request, the type of pages once per process.
    suggestions.suggestions([segment], english, translator)
    for some in (segments[:1], segments):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = suggestions.suggestions(some, english, translator)
        assert len(queries) == 2
        assert sources(found[some[-1].id].terms) == ["Sở Nội vụ"]


def test_what_is_offered_can_be_put_in_with_a_click(english, segment):
    offered = suggestions.Suggestions(
        terms=[glossary.Term("Sở “Nội” vụ", 'Dept "<b>"', "Theo Thông tư")],
        memory=[suggestions.Memory("Before", is_machine=True)],
    )
    html = render_to_string("translation/suggestions.html", {"suggestions": offered})
    assert 'data-insert="Dept &quot;&lt;b&gt;&quot;"' in html
    assert 'data-insert="Before"' in html
    assert html.count('type="button"') == 2
    empty = suggestions.Suggestions(terms=[], memory=[])
    assert not render_to_string("translation/suggestions.html", {"suggestions": empty}).strip()


# The admin


def address(action, *args):
    """Return a URL of the snippet in the admin."""
    return reverse(f"wagtailsnippets_translation_glossaryterm:{action}", args=args)


WORDS = {"moderator", "administrator"}
LOOKS_UP = {*WORDS, "translator"}


@pytest.mark.parametrize("role", ["anonymous", "editor", *sorted(LOOKS_UP)])
def test_who_words_the_glossary_and_who_looks_it_up(role, client_of, council, english):
    client = client_of(role)
    term = council[0]
    for action, args in (("list", ()), ("inspect", (term.pk,))):
        assert is_refused(client.get(address(action, *args))) is (role not in LOOKS_UP)
    for action, args in (("add", ()), ("edit", (term.pk,)), ("delete", (term.pk,))):
        assert is_refused(client.get(address(action, *args))) is (role not in WORDS)
    form = {"source": "Bộ", "locale": english.pk, "translation": "Ministry", "note": ""}
    client.post(address("add"), form)
    assert GlossaryTerm.objects.filter(source="Bộ").exists() is (role in WORDS)
    client.post(address("edit", term.pk), {**form, "source": "Cục"})
    assert GlossaryTerm.objects.filter(source="Cục").exists() is (role in WORDS)
    client.post(address("delete", term.pk))
    assert GlossaryTerm.objects.filter(pk=term.pk).exists() is (role not in WORDS)


def test_the_form_tells_of_a_term_that_is_there(client_of, council, english):
    form = {"source": "SỞ NỘI VỤ", "locale": english.pk, "translation": "x", "note": ""}
    response = client_of("moderator").post(address("add"), form)
    assert response.status_code == 200
    assert GlossaryTerm.objects.count() == len(council)


@pytest.mark.parametrize("query", ["q=noi+vu", "q=home+affairs", "q=N%E1%BB%99i+v%E1%BB%A5"])
def test_a_term_is_found_without_tone_marks_and_by_language(client_of, council, english, query):
    french = Locale.objects.create(language_code="fr")
    add(french, "Sở Nội vụ", "Home Affairs en français")
    client = client_of("translator")
    everything = client.get(f"{address('list_results')}?{query}").content.decode()
    assert "Department of Home Affairs" in everything
    assert "Provincial" not in everything
    page = client.get(f"{address('list_results')}?{query}&locale={french.pk}").content.decode()
    assert "en français" in page
    assert "Department of Home Affairs" not in page
    ordered = client.get(f"{address('list_results')}?{query}&ordering=-translation")
    assert ordered.status_code == 200
