"""Tests that nobody can guess the name of a rendition, whatever the name of its picture."""

import re
import unicodedata
from pathlib import PurePath

import pytest
from django.core.files.base import ContentFile

from cms.models import PortalImage, PortalRendition
from tests.factories import PictureFactory

BEGINS_RANDOM = re.compile(r"images/([0-9a-f]{16})-[\w.-]+\.jpg", re.ASCII)

NASTY_NAMES = [
    "a.jpg",
    f"{'rất dài ' * 30}.jpg",
    f"{'x' * 300}.jpg",
    f"{'đ' * 120}.jpg",
    "ảnh lễ khai giảng.jpg",
    unicodedata.normalize("NFD", "ảnh lễ khai giảng.jpg"),
    "😀🎉.jpg",
    "会议.jpg",
    "½.jpg",
    "nhiều.dấu.chấm.trong.tên.jpg",
    "..jpg",
    "foo.fill-320x200.jpg",
    "-.jpg",
    "tab\there\x00and\nthere.jpg",
    f"a.{'b' * 90}",
    "không đuôi",
]

SPECS = [
    "format-jpeg|width-60",
    "fill-60x60-c100|format-jpeg|jpegquality-77",
    "max-165x165|format-jpeg",
    # A spec of 74 characters: Wagtail cuts off the name of the picture, and more.
    f"{'|'.join(f'width-{width}' for width in range(160, 166))}|format-jpeg",
]


@pytest.fixture
def picture(db):
    """A picture of the library."""
    return PictureFactory()


def call(picture, name):
    """Rename the file of the picture, as if it had been stored in another way."""
    storage = picture.file.storage
    saved = storage.save(f"original_images/{name}", ContentFile(picture.file.read()))
    PortalImage.objects.filter(pk=picture.pk).update(file=saved)
    picture.refresh_from_db()


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("name", ["a.jpg", f"{'x' * 60}.jpg", "đ.fill-320x200.jpg", "ảnh.v.1.jpg"])
def test_a_rendition_is_beyond_guessing_even_where_the_name_of_its_picture_is_not(
    picture, name, spec
):
    call(picture, name)
    rendition = picture.get_rendition(spec)
    rendition.refresh_from_db()
    assert BEGINS_RANDOM.fullmatch(rendition.file.name)
    assert rendition.file.storage.exists(rendition.file.name)
    assert rendition.has_random_name


@pytest.mark.parametrize("name", NASTY_NAMES, ids=ascii)
def test_whatever_a_rendition_is_called_its_random_digits_stay(db, name):
    rendition, other = PortalRendition(), PortalRendition()
    for one in (rendition, other):
        one.file.save(name, ContentFile(b"x"), save=False)
    tokens = set()
    for one in (rendition, other):
        folder, file_name = one.file.name.split("/")
        assert folder == "images"
        assert len(one.file.name) <= 100
        assert len(file_name.encode()) <= 255
        assert file_name.isascii()
        tokens.add(re.match(r"([0-9a-f]{16})-", file_name)[1])
    assert len(tokens) == 2


@pytest.mark.parametrize("name", NASTY_NAMES, ids=ascii)
def test_whatever_a_picture_is_called_its_random_digits_stay(db, name):
    picture = PortalImage(title="Ảnh")
    picture.file.save(name, ContentFile(b"x"), save=False)
    assert picture.file.name.startswith("original_images/")
    assert len(picture.file.name) <= 100
    assert re.search(r"-[0-9a-f]{16}(\.\w*)?$", PurePath(picture.file.name).name)


def test_a_name_that_is_taken_loses_none_of_its_random_digits(db, monkeypatch):
    monkeypatch.setattr("cms.models.images.secrets.token_hex", lambda _bytes: "0123456789abcdef")
    names = []
    for _time in range(3):
        rendition = PortalRendition()
        rendition.file.save(f"{'x' * 200}.jpg", ContentFile(b"x"), save=False)
        names.append(rendition.file.name)
    assert len(set(names)) == 3
    for name in names:
        assert name.startswith("images/0123456789abcdef-x")
        assert name.endswith(".jpg")
        assert len(name) <= 100
        PortalRendition._meta.get_field("file").storage.delete(name)


def test_two_sizes_of_one_picture_tell_nothing_of_each_other(picture):
    tokens = {
        BEGINS_RANDOM.fullmatch(rendition.file.name)[1]
        for rendition in picture.get_renditions(*SPECS[:3]).values()
    }
    assert len(tokens) == 3


def test_a_size_is_found_again_whatever_its_name(picture):
    drawn = picture.get_rendition(SPECS[0])
    assert PortalImage.objects.get(pk=picture.pk).get_rendition(SPECS[0]).url == drawn.url
    assert PortalRendition.objects.count() == 1


def test_a_member_of_no_group_gets_no_original(client, picture, django_user_model):
    client.force_login(django_user_model.objects.create_user("khach"))
    assert client.get(picture.file.url).status_code == 404
