"""A full disk leaves no file incomplete. The form shows an error and keeps the typed text."""

import json
import os
import resource
from contextlib import contextmanager, nullcontext
from errno import EACCES, ENOSPC
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.images.models import SourceImageIOError

from cms.models import PortalDocument, PortalImage
from cms.storage.atomic_files import UNFINISHED, AtomicFileStorage, rename_into_place
from home.models import HomePage
from settings import environment
from tests.cms.test_uploads import file_of
from tests.factories import ArticleFactory, DocumentFactory, PictureFactory, image_block

PDF = b"%PDF-1.7" + os.urandom(100_000)


@contextmanager
def full_disk(size=0):
    """Let no file grow beyond `size` bytes. This acts like a full disk and needs no privileges."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def storage(tmp_path):
    """A storage that only this test uses."""
    return AtomicFileStorage(location=tmp_path)


def files(folder):
    """Return the content of all files below a folder, by their relative paths."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


@pytest.fixture
def media(settings, tmp_path):
    """A folder for media that only this test uses."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


# The storage


@pytest.mark.parametrize("size", [0, 50_000])
def test_a_file_that_finds_no_room_is_not_there_at_all(storage, tmp_path, size):
    with full_disk(size), pytest.raises(OSError, match="File too large"):
        storage.save("folder/a.pdf", ContentFile(PDF))
    assert files(tmp_path) == {}


def test_an_upload_that_lies_on_another_disk_and_finds_no_room_is_not_there(
    storage, tmp_path, monkeypatch
):
    rename = os.rename

    def rename_on_one_disk(old, new):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "rename", rename_on_one_disk)
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", len(PDF), None)
    upload.write(PDF)
    upload.flush()
    with full_disk(50_000), pytest.raises(OSError, match="File too large"):
        storage.save("a.pdf", upload)
    assert files(tmp_path) == {}
    monkeypatch.setattr(os, "rename", rename)
    assert storage.save("a.pdf", upload) == "a.pdf"
    upload.close()
    assert files(tmp_path) == {"a.pdf": PDF}


def test_an_upload_that_breaks_off_is_not_there(storage, tmp_path):
    class BreaksOff(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"%PDF"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        storage.save("a.pdf", BreaksOff(PDF))
    assert files(tmp_path) == {}


def test_a_whole_file_has_its_name_and_mode_and_no_other_is_left(storage, tmp_path, settings):
    settings.FILE_UPLOAD_PERMISSIONS = 0o640
    assert storage.save("folder/a.pdf", ContentFile(PDF)) == "folder/a.pdf"
    assert files(tmp_path) == {"folder/a.pdf": PDF}
    assert (tmp_path / "folder/a.pdf").stat().st_mode & 0o777 == 0o640


def test_of_two_that_want_one_name_at_once_each_gets_one(storage, tmp_path, monkeypatch):
    put_in_time = rename_into_place

    def put_too_late(unfinished, path, may_replace):
        monkeypatch.setattr("cms.storage.atomic_files.rename_into_place", put_in_time)
        Path(path).write_bytes(b"faster")
        put_in_time(unfinished, path, may_replace)

    monkeypatch.setattr("cms.storage.atomic_files.rename_into_place", put_too_late)
    name = storage.save("a.pdf", ContentFile(PDF))
    assert name != "a.pdf"
    assert files(tmp_path) == {"a.pdf": b"faster", name: PDF}


def test_a_file_system_without_links_will_do(storage, tmp_path, monkeypatch):
    def no_links(*_arguments):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    first, second = (storage.save("a.pdf", ContentFile(PDF)) for _number in range(2))
    assert first == "a.pdf"
    assert files(tmp_path) == {first: PDF, second: PDF}


def test_a_storage_that_may_replace_does_so_once_the_new_file_is_whole(tmp_path):
    storage = AtomicFileStorage(location=tmp_path, allow_overwrite=True)
    storage.save("a.txt", ContentFile(b"before"))
    with full_disk(), pytest.raises(OSError, match="File too large"):
        storage.save("a.txt", ContentFile(PDF))
    assert files(tmp_path) == {"a.txt": b"before"}
    storage.save("a.txt", ContentFile(b"after"))
    assert files(tmp_path) == {"a.txt": b"after"}


def test_what_is_just_being_written_is_not_served(client, home, media):
    (media / "images").mkdir()
    (media / "images" / f"{UNFINISHED}x").write_bytes(b"half")
    assert client.get(f"/media/images/{UNFINISHED}x").status_code == 404


# Editors


@pytest.mark.parametrize(
    ("address", "file", "model"),
    [
        ("wagtailimages:add", lambda: file_of((600, 400)), PortalImage),
        ("wagtaildocs:add", lambda: SimpleUploadedFile("a.pdf", PDF), PortalDocument),
    ],
)
def test_an_editor_is_told_and_what_was_typed_is_kept(client, editor, media, address, file, model):
    client.force_login(editor)
    form = {"title": "Tiêu đề đã gõ", "file": file()}
    with full_disk():
        answer = client.post(reverse(address), form)
    assert answer.status_code == 200
    (message,) = answer.context["form"].errors["file"]
    assert "disk" in message or "đĩa" in message
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("[name=title]")["value"] == "Tiêu đề đã gõ"
    assert not model.objects.exists()
    assert files(media) == {}
    # When the disk has space again, the same form is accepted.
    assert client.post(reverse(address), {**form, "file": file()}).status_code == 302
    (stored,) = files(media).values()
    assert len(stored) == model.objects.get().file_size


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("wagtailimages:add_multiple", lambda: file_of((600, 400))),
        ("wagtaildocs:add_multiple", lambda: SimpleUploadedFile("a.pdf", PDF)),
    ],
)
def test_of_several_files_the_one_without_room_says_so(client, editor, media, address, file):
    client.force_login(editor)
    with full_disk():
        answer = client.post(
            reverse(address),
            {"title": "Tệp", "files[]": file(), "collection": 1},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
    told = json.loads(answer.content)
    assert not told["success"]
    assert file().name in told["error_message"]
    assert files(media) == {}


def test_a_new_file_without_room_leaves_the_one_of_before(client, administrator, media):
    picture = PictureFactory()
    before = files(media)
    client.force_login(administrator)
    form = {"title": "Khác", "file": file_of((600, 400)), "collection": picture.collection_id}
    with full_disk():
        answer = client.post(reverse("wagtailimages:edit", args=[picture.pk]), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert files(media) == before
    picture.refresh_from_db()
    assert picture.title != "Khác"


@pytest.mark.parametrize("has_room", [True, False])
def test_a_document_keeps_its_file_until_the_row_names_another(
    client, administrator, media, has_room, django_capture_on_commit_callbacks
):
    document = DocumentFactory()
    before = files(media)
    client.force_login(administrator)
    client.raise_request_exception = False
    form = {
        "title": "Khác",
        "file": SimpleUploadedFile("khac.pdf", PDF),
        "collection": document.collection_id,
    }
    address = reverse("wagtaildocs:edit", args=[document.pk])
    with (
        nullcontext() if has_room else full_database("cms_portaldocument"),
        django_capture_on_commit_callbacks() as callbacks,
    ):
        answer = client.post(address, form)
    # Until the commit, a power cut would undo the change of the row.
    assert before.items() <= files(media).items()
    for callback in callbacks:
        callback()
    document.refresh_from_db()
    if has_room:
        assert answer.status_code == 302
        assert files(media) == {document.file.name: PDF}
    else:
        assert answer.status_code == 507
        assert files(media) == before
        assert document.file.name in before


@pytest.mark.parametrize(
    ("address", "file", "table"),
    [
        ("wagtailimages:add", lambda: file_of((600, 400)), "cms_portalimage"),
        ("wagtaildocs:add", lambda: SimpleUploadedFile("a.pdf", PDF), "cms_portaldocument"),
    ],
)
def test_a_new_file_whose_row_finds_no_room_is_removed(client, editor, media, address, file, table):
    client.force_login(editor)
    client.raise_request_exception = False
    with full_database(table):
        answer = client.post(reverse(address), {"title": "Mới", "file": file()})
    assert answer.status_code == 507
    assert files(media) == {}


def test_another_error_of_the_form_stores_no_file(client, editor, media):
    client.force_login(editor)
    client.post(reverse("wagtailimages:add"), {"title": "", "file": file_of((600, 400))})
    assert files(media) == {}


# Readers


def test_a_page_whose_pictures_find_no_room_is_shown_all_the_same(client, section, media):
    picture = PictureFactory()
    article = ArticleFactory(parent=section, body=json.dumps([image_block(picture)]))
    before = files(media)
    with full_disk():
        answer = client.get(article.url)
    assert answer.status_code == 200
    assert article.title in answer.content.decode()
    assert files(media) == before
    assert not picture.renditions.exists()
    client.get(article.url)
    assert picture.renditions.exists()


@contextmanager
def full_database(table):
    """Let no row be written into a table, as if the disk of the database were full."""

    def write(execute, sql, *arguments):
        if sql.startswith(("INSERT", "UPDATE")) and f'"{table}"' in sql.partition("(")[0]:
            raise OperationalError("database or disk is full")
        return execute(sql, *arguments)

    with connection.execute_wrapper(write):
        yield


@pytest.mark.parametrize("specs", [["width-100"], ["width-100", "width-110"]])
def test_a_size_whose_row_finds_no_room_leaves_no_file(section, media, specs):
    picture = PictureFactory()
    before = files(media)
    with full_database("cms_portalrendition"), pytest.raises(SourceImageIOError):
        picture.get_renditions(*specs)
    assert files(media) == before
    for rendition in picture.get_renditions(*specs).values():
        assert Path(rendition.file.path).exists()


def test_a_page_whose_pictures_find_no_row_is_shown_all_the_same(client, section, media):
    picture = PictureFactory()
    article = ArticleFactory(parent=section, body=json.dumps([image_block(picture)]))
    before = files(media)
    with full_database("cms_portalrendition"):
        answer = client.get(article.url)
    assert answer.status_code == 200
    assert article.title in answer.content.decode()
    assert files(media) == before


def test_another_failure_of_the_database_is_told(section, media):
    picture = PictureFactory()
    before = files(media)

    def fail(execute, sql, *arguments):
        if sql.startswith("INSERT"):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        picture.get_rendition("width-100")
    assert files(media) == before


# Everybody


@pytest.mark.parametrize(
    "error",
    [
        OSError(ENOSPC, "No space left on device"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/1": No space left on device'),
    ],
    ids=repr,
)
@pytest.mark.parametrize(("path", "language"), [("/", "vi"), ("/en/", "en")])
def test_a_full_disk_is_a_page_that_says_so(
    client, home, english_home, monkeypatch, error, path, language
):
    english_home.save_revision().publish()

    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(HomePage, "serve", fail)
    client.raise_request_exception = False
    answer = client.get(path)
    assert answer.status_code == 507
    assert "no-store" in answer["Cache-Control"]
    with translation.override(language):
        assert gettext("The disk of the server is full") in answer.content.decode()


def test_another_error_is_no_full_disk(client, home, monkeypatch):
    def fail(*_arguments, **_options):
        raise OSError(EACCES, "Permission denied")

    monkeypatch.setattr(HomePage, "serve", fail)
    client.raise_request_exception = False
    assert client.get("/").status_code == 500


def test_a_large_upload_that_finds_no_room_on_its_way_is_a_page_that_says_so(
    client, editor, media, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = str(media)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(editor)
    client.raise_request_exception = False
    form = {"title": "Văn bản", "file": SimpleUploadedFile("a.pdf", PDF)}
    with full_disk(50_000):
        answer = client.post(reverse("wagtaildocs:add"), form)
    assert answer.status_code == 507
    assert files(media) == {}


def test_a_key_that_finds_no_room_is_not_kept_half(tmp_path):
    with full_disk(), pytest.raises(OSError, match="File too large"):
        environment.secret_from_file(tmp_path / "secret-key")
    assert files(tmp_path) == {}
    assert len(environment.secret_from_file(tmp_path / "secret-key")) >= 50
