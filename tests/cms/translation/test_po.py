"""The export and import of PO files.

A file is imported completely, or it is refused. The refusal names the line, and nothing is saved.
"""

import io
import unicodedata
import zipfile
from datetime import timedelta

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.translation import localize, po_export, po_format, po_import, progress, review
from cms.translation.models import GlossaryTerm, PageTranslation, State
from news.models import ArticlePage
from tests.cms.translation.conftest import is_refused
from tests.factories import ArticleFactory, SectionFactory
from tests.shared_fixtures import shared_fixture


@pytest.fixture(autouse=True)
def in_english():
    """The English locale, in which each message is equal to its source text in the code."""
    with override("en"):
        yield


@shared_fixture
def rich_text_article(article):
    """The article with two paragraphs in one block, one of them with a link."""
    article.body = [
        {
            "type": "paragraph",
            "id": "0b7f6a52-0000-4000-8000-000000000001",
            "value": "<p>Chữ & “dấu”</p><p>Xem <a href='https://vnu.edu.vn'>trang này</a>.</p>",
        }
    ]
    article.body = article._meta.get_field("body").to_python(article.body)
    article.save()
    return article


@shared_fixture
def rich_translation(rich_text_article):
    """The translation of that article, a draft."""
    english = Locale.objects.get(language_code="en")
    return localize.start(rich_text_article, english, user=None)


def exported_file(*translations):
    """Return the parsed PO file of translations."""
    return polib.pofile(po_export.export_file(list(translations)).text)


def translated_file(*translations, word="Text"):
    """Return the PO file of translations with every entry translated."""
    file = exported_file(*translations)
    for number, entry in enumerate(file[:-1]):
        entry.msgstr = entry.msgid.replace("Xem", "See") if "<a" in entry.msgid else word
        entry.msgstr += f" {number}"
        entry.flags = []
    return file


def as_bytes(file):
    """Return a `polib.POFile` as a PO editor saves it, with wrapped lines."""
    file.wrapwidth = 78
    return str(file).encode()


def texts(translation):
    """Return the translation of each segment, by its source."""
    return {s.source_text: s.translation_text for s in localize.segments(translation)}


def assert_refused(content, user, reason, line=None):
    """Check that a file is refused with `reason`, and that nothing is saved."""
    before = list(StringTranslation.objects.order_by("pk").values())
    with pytest.raises(po_format.POError, match=reason) as error:
        po_import.import_file(content, user)
    assert list(StringTranslation.objects.order_by("pk").values()) == before
    if line is not None:
        assert f"{line}:" in str(error.value)


def line_of(content, text):
    """Return the number of the line where the entry with `text` begins."""
    lines = content.decode().split("\n")
    line = next(number for number, line in enumerate(lines) if text in line)
    while lines[line - 1]:
        line -= 1
    return line + 1


FIELDS = ("title", "introduction")


# Export


def test_a_file_says_where_each_text_stands(rich_translation):
    file = exported_file(rich_translation)
    entry = file.find("Khai giảng năm học mới")
    assert entry.msgctxt == f"{rich_translation.uuid}:title"
    address = reverse("translations:edit", args=[rich_translation.pk])
    assert entry.comment == f"Khai giảng năm học mới\nhttp://testserver{address}"
    plain, linked = [entry for entry in file if ":body." in entry.msgctxt]
    assert plain.msgctxt == linked.msgctxt
    assert plain.msgid == "Chữ & “dấu”"
    assert linked.msgid == 'Xem <a id="a1">trang này</a>.'
    assert file.metadata["Language"] == "en"
    assert file.metadata["X-Desk-Entries"] == str(len(file))


def test_what_waits_for_a_person_is_fuzzy(article, translation, translator):
    title, introduction = [s for s in localize.segments(translation) if s.path in FIELDS]
    localize.save_string(translation, title, "The school year", translator)
    localize.save_string(translation, introduction, "Today", translator, tool="DeepL")
    article.title = "Khai giảng năm học mới 2021"
    article.save_revision().publish()
    localize.refresh(translation.source)
    file = exported_file(translation)
    changed_file = file.find("Khai giảng năm học mới 2021")
    assert (changed_file.msgstr, changed_file.fuzzy) == ("The school year", True)
    assert changed_file.previous_msgid == "Khai giảng năm học mới"
    drafted = file.find("Hôm nay các trường mở cửa.")
    assert (drafted.msgstr, drafted.fuzzy) == ("Today", True)
    result = po_import.import_file(as_bytes(file), translator)
    assert result.segments == 0
    assert not any(s.is_done for s in localize.segments(translation))


# Import


def test_a_page_goes_out_and_comes_back(rich_translation, translator):
    file = translated_file(rich_translation)
    result = po_import.import_file(as_bytes(file), translator)
    assert result == po_import.ImportResult(segments=len(file) - 1, articles=1, warnings=[])
    segments = localize.segments(rich_translation)
    assert all(segment.is_done for segment in segments)
    assert {segment.translator for segment in segments} == {translator}
    row = PageTranslation.objects.get()
    assert (row.translator, row.translated_count) == (translator, len(segments))
    page = localize.target_of(rich_translation).get_latest_revision_as_object()
    assert page.title.startswith("Text")
    assert 'href="https://vnu.edu.vn"' in str(page.body)
    assert not localize.target_of(rich_translation).live
    again = exported_file(rich_translation)
    assert [e.msgstr for e in again if "slug" not in e.msgctxt] == [
        e.msgstr for e in file if "slug" not in e.msgctxt
    ]
    assert not any(entry.fuzzy for entry in again)
    assert po_import.import_file(as_bytes(again), translator).segments == 0


def test_a_section_goes_out_and_comes_back(
    section, english, home, translation, translator, moderator
):
    other = SectionFactory(parent=home, title="Mục khác")
    elsewhere = ArticleFactory(parent=other, title="Bài ở nơi khác")
    second = ArticleFactory(parent=section, title="Bài thứ hai")
    for page in (second, other, elsewhere):
        translate_object(page, [english])
        progress.list_page(page)
    progress.list_page(localize.original_of(translation))
    found = po_export.exportable_translations(translator, english, section=section)
    titles = {localize.original_of(each).title for each in found}
    assert {"Khai giảng năm học mới", "Bài thứ hai"} <= titles
    assert not {"Mục khác", "Bài ở nơi khác"} & titles
    result = po_import.import_file(as_bytes(translated_file(*found)), translator)
    assert result.articles == len(found)


def test_everything_stale_goes_out_and_comes_back(
    article, english, translation, translator, moderator
):
    po_import.import_file(as_bytes(translated_file(translation)), moderator)
    review.submit_for_review(translation, moderator)
    page = localize.target_of(translation)
    page.current_workflow_task_state.specific.approve(user=moderator)
    assert po_export.exportable_translations(translator, english, state=State.STALE) == []
    article.introduction = "Hôm nay, ngày 5/9, các trường mở cửa."
    article.save_revision().publish()
    progress.list_page(article)
    stale = po_export.exportable_translations(translator, english, state=State.STALE)
    assert stale == [translation]
    file = exported_file(*stale)
    (waiting,) = [entry for entry in file if entry.fuzzy]
    waiting.msgstr, waiting.flags = "Today, 5 September", []
    assert po_import.import_file(as_bytes(file), translator).segments == 1
    assert localize.target_of(translation).introduction != "Today, 5 September"


def test_an_empty_text_changes_nothing(translation, translator):
    po_import.import_file(as_bytes(translated_file(translation)), translator)
    before = texts(translation)
    file = exported_file(translation)
    for entry in file[:-1]:
        entry.msgstr = " "
    assert po_import.import_file(as_bytes(file), translator).segments == 0
    assert texts(translation) == before


def test_a_new_fuzzy_text_is_kept_and_waits_for_a_person(translation, translator):
    file = translated_file(translation)
    for entry in file[:-1]:
        entry.flags = ["fuzzy"]
    po_import.import_file(as_bytes(file), translator)
    segments = localize.segments(translation)
    assert all(segment.translation and not segment.is_done for segment in segments)
    assert {segment.tool for segment in segments} == {po_import.FUZZY_TOOL_NAME}
    for entry in file[:-1]:
        entry.flags = []
    po_import.import_file(as_bytes(file), translator)
    assert all(segment.is_done for segment in localize.segments(translation))


def test_a_fuzzy_text_does_not_replace_a_confirmed_one(translation, translator):
    po_import.import_file(as_bytes(translated_file(translation)), translator)
    file = translated_file(translation, word="Other")
    for entry in file[:-1]:
        entry.flags = ["fuzzy"]
    assert po_import.import_file(as_bytes(file), translator).segments == 0


def test_text_comes_in_as_nfc(translation, translator):
    content = unicodedata.normalize("NFD", str(translated_file(translation, word="Ủy ban")))
    po_import.import_file(content.encode(), translator)
    assert any(text.startswith("Ủy ban") for text in texts(translation).values())


def test_ends_of_line_and_a_byte_order_mark_of_windows(translation, translator):
    content = b"\xef\xbb\xbf" + as_bytes(translated_file(translation)).replace(b"\n", b"\r\n")
    assert po_import.import_file(content, translator).articles == 1


def test_odd_signs_come_back_as_they_went_out(section, english, translator):
    title = 'Dấu "nháy" \\ chéo \\n, <b>không in</b> & tab\u2028hết'
    article = ArticleFactory(parent=section, title=title, introduction="Một\nhai\n")
    translate_object(article, [english])
    translation = Translation.objects.get(source__object_id=article.translation_key)
    file = exported_file(translation)
    content = po_export.export_file([translation]).text.encode()
    upload = po_format.read(content)
    known = {segment.source_text for segment in localize.segments(translation)}
    assert {entry.source for entry in upload.entries} == known
    assert upload.is_intact
    assert len(file) == len(upload.entries) + 1


# Refused: files that do not come from this desk


def test_not_utf_8(translation, translator):
    content = as_bytes(translated_file(translation)).replace(b"Text 0", b"T\xe9xt 0")
    line = content[: content.index(b"T\xe9xt")].count(b"\n") + 1
    assert_refused(content, translator, "UTF-8", line)


def test_what_is_no_po_file(translator, tmp_path):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("en.po", 'msgid ""')
    for content in (b"Xin ch\xc3\xa0o", archive.getvalue(), b"\x89PNG\r\n", b"{}", b"<html>"):
        assert_refused(content, translator, "1: ")
    for content in (b"", b"\n\n", b"# comment", b'msgid ""\nmsgstr ""\n'):
        assert_refused(content, translator, "1: ")


def test_a_content_that_names_a_file_is_never_opened(translator, translation, tmp_path):
    secret = tmp_path / "secret.po"
    secret.write_bytes(as_bytes(translated_file(translation)))
    assert_refused(str(secret).encode(), translator, "1: ")
    assert_refused(b"/etc/passwd", translator, "1: ")


def test_a_line_without_its_quote(translation, translator):
    content = as_bytes(translated_file(translation)).replace(b'Text 0"', b"Text 0")
    line = content[: content.index(b"Text 0")].count(b"\n") + 1
    assert_refused(content, translator, "PO", line)


def test_a_foreign_po_file(translator):
    assert_refused(
        b'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "a"\nmsgstr "b"\n', translator, "1: "
    )


def test_larger_than_5_mb(translation, translator):
    content = as_bytes(translated_file(translation))
    assert_refused(content + b"# x\n" * 1_400_000, translator, "5 MB", 1)


@pytest.mark.parametrize("line", [b'"a\\n"', b"# a", b'"a"'])
def test_an_endless_entry_takes_no_time(translation, translator, line):
    content = as_bytes(translated_file(translation)) + b'\nmsgid ""\n' + (line + b"\n") * 100_000
    assert_refused(content, translator, ": ")


def test_cut_off_anywhere(rich_translation, translator):
    content = as_bytes(translated_file(rich_translation))
    lines = content.split(b"\n")
    end = next(n for n, line in enumerate(lines) if b'msgctxt "end"' in line)
    for count in range(end + 1):
        assert_refused(b"\n".join(lines[:count]), translator, r"\d: ")
    for length in range(len(b"\n".join(lines[:end])) - 300, len(b"\n".join(lines[:end])), 7):
        assert_refused(content[:length], translator, r"\d: ")


def test_a_cut_names_the_last_line(translation, translator):
    file = translated_file(translation)
    del file[-2:]
    content = as_bytes(file)
    assert_refused(content, translator, "entries", content.decode().rstrip("\n").count("\n") + 1)


def test_mixed_with_another_file(section, english, translation, translator):
    second = ArticleFactory(parent=section, title="Bài thứ hai")
    translate_object(second, [english])
    file = translated_file(translation)
    other = translated_file(Translation.objects.get(source__object_id=second.translation_key))
    file.insert(0, other[0])
    assert_refused(as_bytes(file), translator, "made with")
    del file[1]
    assert_refused(as_bytes(file), translator, "made with")


def test_duplicate_entries(translation, translator):
    file = translated_file(translation)
    file.insert(1, file[0])
    content = as_bytes(file)
    second = content.decode().split("\n\n")[:2]
    assert_refused(content, translator, "same", "\n\n".join(second).count("\n") + 3)


@pytest.mark.parametrize("sign", [b"\x00", b"\x07", b"\x1b", b"\\b", b"\\v"])
def test_control_characters(translation, translator, sign):
    content = as_bytes(translated_file(translation)).replace(b"Text 0", b"Text" + sign + b" 0")
    assert_refused(content, translator, "control")


# Refused: files that do not fit the site


def changed_file(translation, **values):
    """Return a translated file whose title entry has other `values`, and the line of the entry."""
    file = translated_file(translation)
    entry = next(entry for entry in file if entry.msgctxt.endswith(":title"))
    for name, value in values.items():
        setattr(entry, name, value)
    content = as_bytes(file)
    return content, line_of(content, f'msgctxt "{entry.msgctxt}"')


def test_another_language(translation, translator):
    content = as_bytes(translated_file(translation)).replace(b"Language: en", b"Language: fr")
    assert_refused(content, translator, "language", line_of(content, f"{translation.uuid}:"))


def test_an_unknown_article(translation, translator):
    unknown = "11111111-1111-4111-8111-111111111111"
    content, line = changed_file(translation, msgctxt=f"{unknown}:title")
    assert_refused(content, translator, "unknown", line)
    content, line = changed_file(translation, msgctxt="không:title")
    assert_refused(content, translator, "no article", line)


def test_a_stopped_translation(translation, translator):
    content = as_bytes(translated_file(translation))
    localize.set_enabled(translation, enabled=False)
    assert_refused(content, translator, "stopped")


def test_an_article_in_review(translation, translator, moderator):
    file = translated_file(translation)
    po_import.import_file(as_bytes(file), translator)
    review.submit_for_review(translation, translator)
    assert_refused(as_bytes(translated_file(translation, word="Other")), translator, "in review")


def test_an_article_of_somebody_else(translation, editor):
    assert_refused(as_bytes(translated_file(translation)), editor, "not yours")


def test_a_text_that_changed_since(article, translation, translator):
    content = as_bytes(translated_file(translation))
    article.title = "Khai giảng năm học mới 2021"
    article.save_revision().publish()
    localize.refresh(translation.source)
    assert_refused(content, translator, "changed", line_of(content, ":title"))


def test_what_somebody_else_translated_since(translation, translator, moderator):
    content = as_bytes(translated_file(translation))
    (title,) = [s for s in localize.segments(translation) if s.path == "title"]
    localize.save_string(translation, title, "By somebody else", moderator)
    assert_refused(content, translator, "Somebody else", line_of(content, ":title"))
    StringTranslation.objects.update(updated_at=timezone.now() - timedelta(days=1))
    assert po_import.import_file(content, translator).articles == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>Bold</b>",
        "<img src=x onerror=alert(1)>",
        "<!-- x -->",
    ],
)
def test_tags_in_plain_text(translation, translator, text):
    assert_refused(*with_user(changed_file(translation, msgstr=text), translator, "tags"))


def with_user(found, user, reason):
    """Return the arguments of `assert_refused`."""
    content, line = found
    return content, user, reason, line


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<a id="a2">this</a>',
        '<a href="https://bad.example">this</a>',
        '<b onclick="alert(1)">this</b>',
        "<p>this</p>",
        "<!--><script>alert(1)</script>-->",
        "<?php x ?>",
    ],
)
def test_html_that_does_not_fit(rich_translation, translator, text):
    file = translated_file(rich_translation)
    entry = next(entry for entry in file if "<a" in entry.msgid)
    entry.msgstr = text
    content = as_bytes(file)
    assert_refused(content, translator, r"\d: .", line_of(content, 'Xem <a id=\\"a1'))


def test_too_long_for_its_field(translation, translator):
    assert_refused(*with_user(changed_file(translation, msgstr="x" * 300), translator, "255"))


@pytest.mark.parametrize("end", ["\n", "\\n"], ids=["in lines of the file", "within one line"])
def test_an_entry_of_too_many_lines(translation, translator, monkeypatch, end):
    """Reading it would take seconds: polib needs time for the square of the lines."""
    monkeypatch.setattr(po_format, "MAX_LINES", 50)
    lines = '"\n"'.join(["x"] * 60) if end == "\n" else "x" + end * 60
    content = as_bytes(translated_file(translation)).decode()
    title = content.index("msgstr", content.index(":title"))
    content = f'{content[:title]}msgstr "{lines}"\n\n'.encode()
    assert_refused(content, translator, "too long")


def test_what_the_page_does_not_take(translation, translator, monkeypatch):
    def refuse(page):
        raise ValidationError({"title": "No such title"})

    content, line = changed_file(translation)
    monkeypatch.setattr(ArticlePage, "clean", refuse)
    assert_refused(content, translator, "No such title", line)


def test_plurals(translation, translator):
    content, line = changed_file(translation, msgid_plural="x", msgstr="", msgstr_plural={0: "a"})
    assert_refused(content, translator, "plural", line)


# URLs


def upload(client, content, name="en.po"):
    """Upload a file."""
    file = SimpleUploadedFile(name, content, content_type="text/plain")
    return client.post(reverse("translations:exchange"), {"file": file})


ALLOWED = {"translator", "moderator", "administrator"}


@pytest.mark.parametrize("role", ["anonymous", "editor", *sorted(ALLOWED)])
def test_who_may_take_out_and_hand_in(role, client_of, article, translation, english):
    progress.list_page(article)
    client = client_of(role)
    content = as_bytes(translated_file(translation))
    addresses = [
        reverse("translations:exchange"),
        reverse("translations:download", args=[translation.pk]),
        reverse("translations:download_many") + f"?locale={english.pk}",
    ]
    for address in addresses:
        response = client.get(address)
        assert is_refused(response) is (role not in ALLOWED)
        assert response.status_code == 200 or is_refused(response)
    for address in addresses[1:]:
        response = client.post(address)
        assert response.status_code == 405 or is_refused(response)
    assert is_refused(upload(client, content)) is (role not in ALLOWED)
    is_done = all(segment.is_done for segment in localize.segments(translation))
    assert is_done is (role in ALLOWED)


def test_a_translator_of_another_language(client_of, article, translation, english, french_home):
    progress.list_page(article)
    client = client_of("translator")
    group = client.user.groups.get()
    group.page_permissions.update(page=french_home)
    content = as_bytes(translated_file(translation))
    assert is_refused(client.get(reverse("translations:download", args=[translation.pk])))
    response = client.get(reverse("translations:download_many") + f"?locale={english.pk}")
    assert "attachment" not in response.get("Content-Disposition", "")
    assert "không thuộc quyền của bạn" in upload(client, content).content.decode()
    assert not any(segment.translation for segment in localize.segments(translation))


def test_the_download_of_many_names_what_it_holds(
    client_of, article, section, translation, english
):
    progress.list_page(article)
    query = f"?locale={english.pk}&section={section.pk}&state=draft"
    response = client_of("translator").get(reverse("translations:download_many") + query)
    name = f"{section.slug}-draft-en.po"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert po_format.read(response.content).is_intact


@pytest.mark.parametrize("query", ["", "?locale=x", "?locale=999", "?locale=1&section=x&state=no"])
def test_a_wrong_query_shows_the_page_again(client_of, query):
    response = client_of("translator").get(reverse("translations:download_many") + query)
    assert response.status_code == 200
    assert "Content-Disposition" not in response


def test_the_page_tells_what_was_taken_in_and_what_is_wrong(client_of, translation):
    client = client_of("translator")
    content = as_bytes(translated_file(translation))
    response = upload(client, content.replace(b"Language: en", b"Language: fr"), "../../x<b>.po")
    assert response.status_code == 200
    assert "x&lt;b&gt;.po" in response.content.decode()
    response = upload(client, content)
    assert response.status_code == 302
    count = len(localize.segments(translation))
    assert str(count) in client.get(response.url).content.decode()


def test_official_names_that_are_missing_are_told_with_their_line(
    client_of, translation, english, monkeypatch
):
    for source, official in [("năm học", "school <year>"), ("Khai giảng", "Opening"), ("Lễ", "X")]:
        GlossaryTerm.objects.create(locale=english, source=source, translation=official)
    file = exported_file(translation)
    file.find("Khai giảng năm học mới").msgstr = "Opening of the term"
    content = as_bytes(file)
    client = client_of("translator")
    response = upload(client, content)
    (warning,) = BeautifulSoup(client.get(response.url).content, "html.parser").select(
        ".messages .warning"
    )
    (line,) = [item.text for item in warning.select("li")]
    number = line_of(content, 'msgid "Khai giảng năm học mới"')
    assert line == f"Dòng {number}: “năm học” dịch chính thức là “school <year>”."
    texts_of_many = as_bytes(translated_file(translation))
    monkeypatch.setattr("cms.translation.views.exchange.MAX_WARNINGS", 1)
    response = upload(client, texts_of_many)
    page = BeautifulSoup(client.get(response.url).content, "html.parser")
    warnings = [item.text for item in page.select(".messages .warning li")]
    assert len(warnings) == 2
    assert "cảnh báo nữa" in warnings[1]


@pytest.mark.parametrize("name", ["en.txt", "en.zip", "en.po.exe", "en"])
def test_a_file_that_is_named_otherwise(client_of, translation, name):
    response = upload(client_of("translator"), as_bytes(translated_file(translation)), name)
    assert response.status_code == 200
    assert not any(segment.translation for segment in localize.segments(translation))


@pytest.mark.parametrize("form", [{}, {"file": "en.po"}])
def test_no_file(client_of, translation, form):
    assert client_of("translator").post(reverse("translations:exchange"), form).status_code == 200


def test_what_has_no_room_waits(client_of, article, section, english, translation, monkeypatch):
    second = ArticleFactory(parent=section, title="Bài thứ hai")
    translate_object(second, [english])
    monkeypatch.setattr(po_export, "MAX_FILE_CHARACTERS", 10)
    for page in (article, second):
        progress.list_page(page)
    client = client_of("translator")
    response = client.get(reverse("translations:download_many") + f"?locale={english.pk}")
    assert len({entry.uuid for entry in po_format.read(response.content).entries}) == 1
    page = client.get(reverse("translations:exchange")).content.decode()
    assert 'class="warning"' in page


def test_a_text_that_is_too_long(translation, translator, monkeypatch):
    monkeypatch.setattr("cms.translation.saving.MAX_CHARACTERS", 20)
    file = translated_file(translation, word="A text of more than twenty letters")
    assert_refused(as_bytes(file), translator, "At most 20", line_of(as_bytes(file), ":title"))


def test_what_somebody_else_translates_at_the_same_moment(
    translation, translator, moderator, monkeypatch
):
    content = as_bytes(translated_file(translation))
    lock = localize.lock

    def save_before_the_lock(translation):
        (title,) = [s for s in localize.segments(translation) if s.path == "title"]
        localize.save_string(translation, title, "By somebody else", moderator)
        lock(translation)

    monkeypatch.setattr(localize, "lock", save_before_the_lock)
    with pytest.raises(po_format.POError, match="Somebody else"):
        po_import.import_file(content, translator)
