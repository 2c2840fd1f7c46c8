"""The newsroom gets every document. Everybody gets a document that published content uses."""

import json
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import PageViewRestriction, ReferenceIndex

from cms.documents import public_use, serving
from cms.models import PortalDocument
from tests.factories import ArticleFactory, TopicFactory
from tests.rendered_pages import content_of

CONTENT = bytes(range(256)) * 4


def document_of(name):
    """Return a document of the library with a file called `name`."""
    document = PortalDocument(title="Văn bản")
    document.file.save(name, ContentFile(CONTENT))
    return document


@pytest.fixture
def document(db):
    """A document of the library."""
    return document_of("van-ban.pdf")


@pytest.fixture
def video(section):
    """A video that a published article shows."""
    video = document_of("phim.mp4")
    body = [{"type": "video", "value": {"title": "Phim", "file": video.pk, "link": ""}}]
    ArticleFactory(parent=section, title="Tin có phim", body=json.dumps(body))
    return video


def body_with(document):
    """Return a body that shows the document."""
    return json.dumps([{"type": "document", "value": {"file": document.pk, "number": "1/KH"}}])


def test_a_document_that_nothing_uses_is_not_there_for_the_public(client, document):
    assert client.get(document.url).status_code == 404


def test_a_document_of_a_published_article_is_there_for_everybody(client, section, document):
    ArticleFactory(parent=section, title="Tin", body=body_with(document))
    response = client.get(document.url)
    assert content_of(response) == CONTENT
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_document_linked_in_a_paragraph_is_there_for_everybody(client, section, document):
    link = f'<p><a linktype="document" id="{document.pk}">Tải</a></p>'
    body = json.dumps([{"type": "paragraph", "value": link}])
    ArticleFactory(parent=section, title="Tin", body=body)
    assert client.get(document.url).status_code == 200


def test_a_public_document_is_kept_by_caches_for_a_short_while(client, section, document):
    ArticleFactory(parent=section, title="Tin", body=body_with(document))
    assert client.get(document.url)["Cache-Control"] == "public, max-age=60"


def test_what_the_newsroom_gets_is_kept_by_nobody(client, editor, section, document):
    ArticleFactory(parent=section, title="Tin", body=body_with(document))
    client.force_login(editor)
    kept = client.get(document.url)["Cache-Control"]
    assert "private" in kept
    assert "public" not in kept


def test_a_document_is_asked_for_by_its_head(client, section, document):
    ArticleFactory(parent=section, title="Tin", body=body_with(document))
    response = client.head(document.url)
    assert (response.status_code, response["Content-Length"]) == (200, "1024")
    assert not content_of(response)


@pytest.mark.parametrize("asked", [f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}"])
def test_of_a_number_beyond_all_sizes_the_whole_is_sent(client, video, asked):
    response = client.get(video.url, headers={"range": asked})
    assert (response.status_code, content_of(response)) == (200, CONTENT)


@pytest.mark.parametrize(("live", "status"), [(True, 200), (False, 404)])
def test_a_document_of_a_snippet_is_there_once_the_snippet_is_published(
    client, document, live, status
):
    refer(TopicFactory(live=live), document)
    assert client.get(document.url).status_code == status


def test_a_document_of_more_users_than_one_query_takes_is_there(
    client, section, document, monkeypatch
):
    monkeypatch.setattr(public_use, "MAX_KEYS_PER_QUERY", 2)
    for live in (False, False, False, True):
        ArticleFactory(parent=section, body=body_with(document), live=live)
    assert client.get(document.url).status_code == 200


def test_a_document_of_nothing_that_is_published_is_not_there(client, document, editor):
    refer(editor, document)
    assert client.get(document.url).status_code == 404


def refer(user, document):
    """Create the reference that Wagtail would record if a field of `user` held the document."""
    ReferenceIndex.objects.create(
        content_type=ContentType.objects.get_for_model(user),
        base_content_type=ContentType.objects.get_for_model(user),
        object_id=user.pk,
        to_content_type=ContentType.objects.get_for_model(document),
        to_object_id=document.pk,
        model_path="file",
        content_path="file",
        content_path_hash=uuid.uuid4(),
    )


def test_a_document_of_a_draft_is_not_there(client, section, document):
    ArticleFactory(parent=section, title="Nháp", body=body_with(document), live=False)
    assert client.get(document.url).status_code == 404


def test_a_document_added_in_a_draft_of_a_published_article_is_not_there(client, section, document):
    article = ArticleFactory(parent=section, title="Tin")
    article.body = body_with(document)
    article.save_revision()
    assert client.get(document.url).status_code == 404


def test_a_document_of_a_private_page_is_not_there(client, section, document):
    article = ArticleFactory(parent=section, title="Riêng", body=body_with(document))
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(document.url).status_code == 404


def test_a_document_of_a_withdrawn_article_is_withdrawn_with_it(client, section, document):
    article = ArticleFactory(parent=section, title="Tin", body=body_with(document))
    article.unpublish()
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize("role", ["editor", "moderator", "translator", "administrator"])
def test_the_newsroom_gets_every_document(client, document, role, request):
    client.force_login(request.getfixturevalue(role))
    assert content_of(client.get(document.url)) == CONTENT


# Videos


def test_a_video_is_sent_whole_as_what_it_is(client, video):
    response = client.get(video.url)
    assert response["Content-Type"] == "video/mp4"
    assert not response.get("Content-Disposition", "").startswith("attachment")
    assert content_of(response) == CONTENT


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, 1024),
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=1000-5000", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-5000", 0, 1024),
    ],
)
def test_a_part_of_a_video_is_sent(client, video, asked, start, end):
    response = client.get(video.url, headers={"range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/1024"
    assert content_of(response) == CONTENT[start:end]


def test_a_part_of_the_video_as_it_was_is_not_mixed_with_what_it_is(client, video):
    part = client.get(video.url, headers={"range": "bytes=0-9"})
    same = {"range": "bytes=10-19", "if-range": part["ETag"]}
    assert content_of(client.get(video.url, headers=same)) == CONTENT[10:20]
    assert client.get(video.url, headers=same | {"if-range": '"other"'}).status_code == 200
    assert client.get(video.url)["ETag"] == part["ETag"]


def test_a_long_part_is_cut_so_that_it_fits_in_memory(client, video, monkeypatch):
    monkeypatch.setattr(serving, "MAX_PART_BYTES", 100)
    response = client.get(video.url, headers={"range": "bytes=50-"})
    assert response["Content-Range"] == "bytes 50-149/1024"
    assert content_of(response) == CONTENT[50:150]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=99999-100000", "bytes=5-4", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, video, asked):
    response = client.get(video.url, headers={"range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=a-b", "lines=0-5", "bytes=0-1,5-6", "\u0000"])
def test_an_odd_range_gets_the_whole_video(client, video, asked):
    response = client.get(video.url, headers={"range": asked})
    assert response.status_code == 200
    assert content_of(response) == CONTENT


def test_a_video_of_a_draft_is_not_there(client, db):
    assert client.get(document_of("nhap.webm").url).status_code == 404


def test_a_video_whose_file_is_lost_is_not_found(client, video):
    video.get_file_size()
    video.file.storage.delete(video.file.name)
    assert client.get(video.url, headers={"range": "bytes=0-"}).status_code == 404


def test_a_stored_file_of_a_kind_that_is_no_longer_allowed_is_told_without_its_field(
    client, administrator
):
    document = document_of("van-ban.txt")
    client.force_login(administrator)
    prefix = f"doc-{document.pk}"
    response = client.post(
        reverse("wagtaildocs:edit_multiple", args=[document.pk]),
        {f"{prefix}-title": "Văn bản", f"{prefix}-tags": "", f"{prefix}-collection": "1"},
    )
    assert response.status_code == 200
    assert response.json()["success"] is False
