"""Tests for uploaded files: pictures of pages are public, originals and documents are not."""

import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cms.models import PortalDocument
from tests.factories import ArticleFactory, PictureFactory, image_block
from tests.rendered_pages import content_of

NEVER_SERVED = "Tệp mật, không ai được đọc.".encode()


@pytest.fixture
def picture(db):
    """A picture of the library."""
    return PictureFactory()


@pytest.fixture
def document(db):
    """A document of the library."""
    document = PortalDocument(title="Văn bản")
    document.file.save("van-ban.pdf", ContentFile(NEVER_SERVED))
    return document


@pytest.fixture
def neighbour(settings):
    """The name of a file beside MEDIA_ROOT, outside of it."""
    path = Path(settings.MEDIA_ROOT).with_suffix(".secret")
    path.write_bytes(NEVER_SERVED)
    yield path.name
    path.unlink()


def test_the_pictures_of_a_page_are_served_and_kept_for_long(client, picture):
    rendition = picture.get_rendition("format-jpeg|width-60")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert content_of(response)[:2] == b"\xff\xd8"
    assert "public" in response["Cache-Control"]
    assert "immutable" in response["Cache-Control"]
    assert "max-age=31536000" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    assert "Vary" not in response


def test_every_picture_in_an_article_is_there(client, section, picture):
    body = json.dumps([image_block(picture)])
    article = ArticleFactory(parent=section, body=body)
    client.get(article.url)
    for rendition in picture.renditions.all():
        response = client.get(rendition.url)
        assert response.status_code == 200
        assert response["Content-Type"] in ("image/avif", "image/jpeg")


def test_a_picture_seen_before_is_not_sent_again(client, picture):
    address = picture.get_rendition("format-jpeg|width-60").url
    modified = client.get(address)["Last-Modified"]
    response = client.get(address, headers={"if-modified-since": modified})
    assert response.status_code == 304


def test_an_original_is_not_there_for_the_public(client, picture):
    assert client.get(picture.file.url).status_code == 404


@pytest.mark.parametrize("role", ["editor", "moderator", "translator", "administrator"])
def test_an_original_is_there_for_the_newsroom_and_stays_out_of_caches(
    client, picture, role, request
):
    client.force_login(request.getfixturevalue(role))
    response = client.get(picture.file.url)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert content_of(response)


def test_a_document_is_never_served_from_media(client, document, administrator):
    assert client.get(document.file.url).status_code == 404
    client.force_login(administrator)
    assert client.get(document.file.url).status_code == 404


def test_a_document_is_refused_to_the_public(client, document):
    response = client.get(document.url)
    assert response.status_code in (302, 403, 404)
    assert NEVER_SERVED not in content_of(response)


def test_a_document_is_an_attachment_for_the_newsroom(client, document, editor):
    client.force_login(editor)
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert content_of(response) == NEVER_SERVED


def test_a_document_that_is_not_there_is_not_found(client, db):
    assert client.get(reverse("wagtaildocs_serve", args=[987654, "x.pdf"])).status_code == 404


STEPS_OUT = [
    "images/../documents/{document}",
    "images/%2e%2e/documents/{document}",
    "images/../original_images/{original}",
    "images/./../original_images/{original}",
    "images//../original_images/{original}",
    "../{neighbour}",
    "images/../../{neighbour}",
    "images/%2e%2e/%2e%2e/{neighbour}",
    "images/..%2f..%2f{neighbour}",
    "..%5c{neighbour}",
    "/{neighbour}",
    "original_images/../documents/{document}",
    "images/../../../../../../etc/passwd",
]


@pytest.mark.parametrize("path", STEPS_OUT)
def test_no_path_steps_out_of_the_public_folder(client, picture, document, neighbour, path):
    path = path.format(
        document=Path(document.file.name).name,
        original=Path(picture.file.name).name,
        neighbour=neighbour,
    )
    response = client.get(f"/media/{path}")
    assert response.status_code in (400, 404)
    assert NEVER_SERVED not in content_of(response)


@pytest.mark.parametrize("path", [STEPS_OUT[0], STEPS_OUT[6], STEPS_OUT[11]])
def test_for_an_editor_no_path_steps_out_either(client, picture, document, neighbour, editor, path):
    client.force_login(editor)
    path = path.format(document=Path(document.file.name).name, neighbour=neighbour)
    assert client.get(f"/media/{path}").status_code in (400, 404)


@pytest.mark.parametrize(
    "path",
    ["images/", "images", "original_images/", "documents/", "nothing", "images/nothing.jpg"],
)
def test_what_is_no_file_is_not_found(client, picture, document, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 200, "x" * 5000, "%ff", "%F0%9F%98%80", " "])
def test_an_odd_name_is_not_found(client, db, name):
    assert client.get(f"/media/images/{name}").status_code == 404
