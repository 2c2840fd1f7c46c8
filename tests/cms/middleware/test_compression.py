"""Tests for the responses that are compressed, and for those that are not."""

import gzip

import brotli
import pytest

from tests.factories import ArticleFactory, PictureFactory


@pytest.fixture
def article(section):
    """An article with enough text that compression pays."""
    return ArticleFactory(parent=section, title="Tin", introduction="Một câu. " * 50)


@pytest.mark.parametrize("address", ["/", "/en/", "/tro-nang/", "/sitemap-pages.xml", "/khong-co/"])
def test_text_is_compressed_for_who_asks(client, db, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Vary"] == "Accept-Encoding"
    assert len(packed.content) < len(plain.content)
    assert b"<" in gzip.decompress(packed.content)
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.9"])
def test_who_takes_brotli_gets_it(client, db, accepted):
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": accepted})
    assert packed["Content-Encoding"] == "br"
    assert packed["Vary"] == "Accept-Encoding"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert b"</html>" in brotli.decompress(packed.content)


@pytest.mark.parametrize("refused", ["br;q=0", "gzip, br;q=0.0", "gzip, br; q=0, deflate"])
def test_who_refuses_brotli_does_not_get_it(client, db, refused):
    answer = client.get("/", headers={"accept-encoding": refused})
    assert answer.get("Content-Encoding") in (None, "gzip")


def test_who_is_signed_in_gets_padding_of_random_length(client, editor):
    client.force_login(editor)
    answer = client.get("/admin/", headers={"accept-encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"


def test_a_compressed_page_is_another_version_with_the_same_meaning(client, article):
    """RFC 9110: a strong ETag means the same bytes, a weak one the same content."""
    plain = client.get("/feed/")
    packed = client.get("/feed/", headers={"accept-encoding": "br"})
    assert packed["Content-Encoding"] == "br"
    assert packed["ETag"] == f"W/{plain['ETag']}"


def test_what_is_short_is_sent_as_it_is(client, db):
    answer = client.get("/healthz", headers={"accept-encoding": "br"})
    assert answer.content == b"ok\n"
    assert "Content-Encoding" not in answer


def test_pictures_are_sent_as_they_are_and_with_their_length(client, db):
    picture = PictureFactory().get_rendition("width-100")
    answer = client.get(picture.url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
    assert int(answer["Content-Length"]) == picture.file.size


def test_a_static_file_carries_what_a_file_needs_and_no_policy_for_pages(client, db, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    answer = client.get("/static/cms/js/display-settings.js")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer
    assert "Content-Security-Policy" not in answer
    assert "Permissions-Policy" not in answer
    assert "Referrer-Policy" not in answer
    assert "Cross-Origin-Opener-Policy" not in answer
