"""Pictures and documents that editors upload: valid files, huge files and false files."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pillow_heif import register_heif_opener

from cms.images.upload_form import MAX_SIDE_PIXELS
from cms.models import PortalDocument, PortalImage
from tests.pictures import upload_in_subprocess
from tests.rendered_pages import read

ADD_PICTURE = "wagtailimages:add"
ADD_DOCUMENT = "wagtaildocs:add"

register_heif_opener()


def file_of(size=(600, 400), mode="RGB", name="anh.jpg", kind="JPEG", **options):
    """Return an uploaded picture."""
    content = BytesIO()
    Image.new(mode, size, options.pop("colour", 90)).save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def upload(client, editor):
    """A function that uploads a picture as an editor and returns the response."""
    client.force_login(editor)

    def send(file, title="Ảnh"):
        return client.post(reverse(ADD_PICTURE), {"title": title, "file": file})

    return send


def stored():
    """Return the only picture of the library, opened."""
    return Image.open(PortalImage.objects.get().file.path)


def errors(response):
    """Return the errors that a form shows for the file."""
    assert response.status_code == 200
    return response.context["form"].errors["file"]


# Valid pictures


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"name": "anh.jpg"}, "JPEG"),
        ({"name": "anh.jpeg", "mode": "CMYK", "colour": (0, 90, 90, 0)}, "JPEG"),
        ({"name": "anh.jpg", "mode": "L"}, "JPEG"),
        ({"name": "anh.png", "kind": "PNG"}, "PNG"),
        ({"name": "anh.png", "kind": "PNG", "mode": "RGBA"}, "PNG"),
        ({"name": "anh.png", "kind": "PNG", "mode": "P"}, "PNG"),
        ({"name": "anh.png", "kind": "PNG", "mode": "1"}, "PNG"),
        ({"name": "anh.png", "kind": "PNG", "mode": "I;16"}, "PNG"),
        ({"name": "anh.gif", "kind": "GIF", "mode": "P"}, "PNG"),
        ({"name": "anh.webp", "kind": "WEBP"}, "JPEG"),
        ({"name": "anh.webp", "kind": "WEBP", "mode": "RGBA"}, "PNG"),
        ({"name": "anh.avif", "kind": "AVIF"}, "JPEG"),
        ({"name": "IMG_1.HEIC", "kind": "HEIF"}, "JPEG"),
        ({"name": "anh.png", "kind": "PNG", "size": (1, 1)}, "PNG"),
        ({"name": "anh.jpg", "size": (12_000, 300)}, "JPEG"),
    ],
)
def test_a_picture_of_any_kind_is_taken(upload, options, kind):
    assert upload(file_of(**options)).status_code == 302
    picture = stored()
    assert picture.format == kind
    assert picture.mode in ("RGB", "RGBA")
    assert max(picture.size) <= MAX_SIDE_PIXELS
    assert PortalImage.objects.get().get_rendition("format-jpeg|width-480").width


def test_a_large_picture_is_scaled_down_in_proportion(upload):
    upload(file_of((4800, 3200)))
    assert stored().size == (2400, 1600)
    image = PortalImage.objects.get()
    assert (image.width, image.height) == (2400, 1600)


def test_a_small_picture_keeps_its_size(upload):
    upload(file_of((300, 200)))
    assert stored().size == (300, 200)


def test_a_picture_stands_upright_and_tells_no_place(upload):
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"
    upload(file_of((600, 400), exif=exif))
    picture = stored()
    assert picture.size == (400, 600)
    assert not picture.getexif()


@pytest.mark.parametrize(("name", "kind"), [("anh.jpg", "JPEG"), ("anh.webp", "WEBP")])
def test_a_stored_picture_holds_no_words_of_its_source(upload, name, kind):
    words = b"<x:xmpmeta>21.0278 N 105.8342 E, Tran Thu Ha</x:xmpmeta>"
    upload(file_of(name=name, kind=kind, comment=words, xmp=words))
    picture = stored()
    assert picture.format == "JPEG"
    assert not {"comment", "xmp", "exif"} & picture.info.keys()
    with PortalImage.objects.get().file.open("rb") as file:
        assert b"Tran Thu Ha" not in file.read()


def test_transparent_parts_stay_transparent(upload):
    upload(file_of(mode="RGBA", colour=(0, 0, 0, 0), name="a.png", kind="PNG"))
    assert stored().getpixel((5, 5))[3] == 0


# False pictures


def animated(kind, name):
    """Return a moving picture."""
    content = BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(content, kind, save_all=True, append_images=frames[1:], duration=100)
    return SimpleUploadedFile(name, content.getvalue())


def bomb():
    """Return a small file that claims to be 60,000 pixels wide and high."""
    content = bytearray(file_of(name="a.png", kind="PNG").read())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(content)


SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

PRETENDERS = {
    "text": lambda: SimpleUploadedFile("anh.jpg", b"khong phai anh"),
    "nothing": lambda: SimpleUploadedFile("anh.jpg", b""),
    "cut off": lambda: SimpleUploadedFile("anh.jpg", file_of((900, 900)).read()[:2000]),
    "cut off png": lambda: SimpleUploadedFile(
        "anh.png", file_of((900, 900), name="a.png", kind="PNG").read()[:300]
    ),
    "drawing with a script": lambda: SimpleUploadedFile("anh.svg", SCRIPT),
    "drawing as a photograph": lambda: SimpleUploadedFile("anh.jpg", SCRIPT),
    "page as a photograph": lambda: SimpleUploadedFile("anh.jpg", b"<html><script>"),
    "bomb": lambda: SimpleUploadedFile("anh.png", bomb()),
    "too many pixels": lambda: file_of((8192, 6145), mode="L", name="a.png", kind="PNG"),
    "too many transparent pixels": lambda: file_of(
        (6400, 5800), mode="RGBA", name="a.png", kind="PNG"
    ),
    "moving gif": lambda: animated("GIF", "anh.gif"),
    "moving webp": lambda: animated("WEBP", "anh.webp"),
    "moving png": lambda: animated("PNG", "anh.png"),
    "another suffix": lambda: SimpleUploadedFile("anh.png", file_of().read()),
    "a suffix unknown": lambda: SimpleUploadedFile("anh.exe", file_of().read()),
    "broken metadata": lambda: file_of(name="a.png", kind="PNG", exif=b"II*\0"),
    "too large": lambda: SimpleUploadedFile("a.jpg", file_of().read() + b"0" * 21 * 1024 * 1024),
}


@pytest.mark.parametrize("pretender", PRETENDERS)
def test_what_is_no_still_picture_is_refused_in_one_message(upload, pretender):
    response = upload(PRETENDERS[pretender](), title="Tựa đã gõ")
    assert len(errors(response)) == 1
    assert response.context["form"]["title"].value() == "Tựa đã gõ"
    assert not PortalImage.objects.exists()


def test_what_the_chooser_refuses_is_told_there(client, editor):
    client.force_login(editor)
    form = {
        "image-chooser-upload-title": "Ảnh",
        "image-chooser-upload-file": PRETENDERS["moving gif"](),
    }
    response = client.post(reverse("wagtailimages_chooser:create"), form)
    assert response.status_code == 200
    assert not PortalImage.objects.exists()


def test_a_translator_uploads_nothing(client, translator):
    client.force_login(translator)
    client.post(reverse(ADD_PICTURE), {"title": "Ảnh", "file": file_of()})
    assert not PortalImage.objects.exists()


# Memory


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "kind", "mode", "size"),
    [
        ("a.jpg", "JPEG", "RGB", (8160, 6120)),
        ("a.avif", "AVIF", "RGB", (7200, 5050)),
        ("a.avif", "AVIF", "RGBA", (6100, 4700)),
        ("a.heic", "HEIF", "RGB", (8160, 6120)),
        ("a.png", "PNG", "RGB", (8160, 6120)),
        ("a.png", "PNG", "RGBA", (6400, 5700)),
    ],
)
def test_the_largest_pictures_fit_into_a_worker_of_500_megabytes(tmp_path, name, kind, mode, size):
    """The measured process holds all that a worker holds, and the picture."""
    path = tmp_path / name
    # Only the size matters here.
    hasty = {"enc_params": {"preset": "ultrafast"}, "quality": 1} if kind == "HEIF" else {}
    Image.new(mode, size, 90).save(path, kind, **hasty)
    taken, megabytes = upload_in_subprocess(path)
    assert taken
    assert megabytes < 500


# Names and alt texts


def test_the_name_of_a_stored_file_cannot_be_guessed(upload):
    upload(file_of(name="anh-bia.jpg"))
    image = PortalImage.objects.get()
    rendition = image.get_rendition("format-jpeg|width-480")
    for name in (image.file.name, rendition.file.name):
        assert "anh-bia-" in name
        assert len(name.rpartition("anh-bia-")[2].partition(".")[0]) == 16


def test_a_name_of_any_length_and_letters_is_taken(upload):
    upload(file_of(name="ả" * 200 + ".jpg"))
    assert len(PortalImage.objects.get().file.name) <= 100


@pytest.mark.parametrize(
    ("title", "file_name", "proposed"),
    [
        ("DSC_0123", "DSC_0123.jpg", ""),
        ("toàn cảnh", "toan-canh.jpg", ""),
        ("IMG-20200812-WA0007", "x.jpg", ""),
        ("anh.jpg", "y.jpg", ""),
        ("Toàn cảnh hội nghị", "DSC_0123.jpg", "Toàn cảnh hội nghị"),
    ],
)
def test_no_file_name_is_proposed_as_alt_text(upload, title, file_name, proposed):
    upload(file_of(name=file_name), title=title)
    assert PortalImage.objects.get().default_alt_text == proposed


# Documents


@pytest.fixture
def upload_document(client, editor):
    """A function that uploads a document as an editor and returns the response."""
    client.force_login(editor)

    def send(name, content):
        file = SimpleUploadedFile(name, content)
        return client.post(reverse(ADD_DOCUMENT), {"title": "Văn bản", "file": file})

    return send


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.PDF", b"%PDF-1.4 ..."),
        ("a.docx", b"PK\x03\x04..."),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom"),
    ],
)
def test_a_document_is_taken(upload_document, name, content):
    assert upload_document(name, content).status_code == 302
    assert PortalDocument.objects.get().file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.pdf", b""),
        ("a.docx", b"%PDF-1.7"),
        ("a.html", b"<html>"),
        ("a.svg", SCRIPT),
        ("a.exe", b"MZ"),
        ("a", b"%PDF-1.7"),
        ("a.mp4", b"<html>"),
    ],
)
def test_what_is_no_document_is_refused_in_one_message(upload_document, name, content):
    assert len(errors(upload_document(name, content))) == 1
    assert not PortalDocument.objects.exists()


def test_a_document_too_large_is_refused(upload_document, monkeypatch):
    monkeypatch.setattr("cms.documents.upload_form.MAX_DOCUMENT_BYTES", 10)
    (message,) = errors(upload_document("a.pdf", b"%PDF-1.7 long"))
    assert "a.pdf" in message


def test_a_document_is_described_anew_without_its_file(client, administrator, upload_document):
    upload_document("a.pdf", b"%PDF-1.7")
    document = PortalDocument.objects.get()
    client.force_login(administrator)
    address = reverse("wagtaildocs:edit", args=[document.pk])
    collection = document.collection_id
    assert client.post(address, {"title": "Khác", "collection": collection}).status_code == 302
    document.refresh_from_db()
    assert document.title == "Khác"


def test_a_translator_hands_in_no_document(client, translator):
    client.force_login(translator)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    client.post(reverse(ADD_DOCUMENT), {"title": "Văn bản", "file": file})
    assert not PortalDocument.objects.exists()


def test_several_pictures_at_once_are_scaled_down_too(client, editor):
    client.force_login(editor)
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Ảnh", "files[]": file_of((4800, 3200)), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert json.loads(response.content)["success"]
    assert stored().size == (2400, 1600)


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_picture_that_waits_for_a_better_title_is_scaled_down_too(
    client, editor, settings, in_memory
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10**9 if in_memory else 0
    client.force_login(editor)
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "x" * 300, "files[]": file_of((4800, 3200), exif=exif), "collection": 1},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    waiting = response.json()["uploaded_file_id"]
    form = {f"uploaded-image-{waiting}-title": "Ảnh", f"uploaded-image-{waiting}-collection": 1}
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
    assert client.post(address, form).json()["success"]
    assert stored().size == (2400, 1600)
    assert not stored().getexif()


def test_the_form_says_what_it_takes(client, editor):
    client.force_login(editor)
    assert read(client, reverse(ADD_PICTURE)).select_one("input[type=file]")
