"""Tests that renditions are drawn before readers come, and around the focal point."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from cms.images.sizes import (
    BODY_PICTURE,
    GALLERY_THUMB,
    LEAD_PICTURE,
    LISTING_PICTURE,
    SOCIAL_PICTURE,
)
from cms.renditions.drawing import draw_renditions
from tests.factories import ArticleFactory, PictureFactory, image_block


@pytest.fixture
def publish(section, django_capture_on_commit_callbacks):
    """A function that publishes an article with a body, including the tasks after the commit."""

    def publish(*blocks, **fields):
        article = ArticleFactory(
            parent=section, title="Tin", body=json.dumps(blocks), live=False, **fields
        )
        with django_capture_on_commit_callbacks(execute=True):
            article.save_revision().publish()
        return article

    return publish


def drawn(picture):
    """Return the filter specs of the renditions that exist."""
    return set(picture.renditions.values_list("filter_spec", flat=True))


def specs(*uses):
    """Return the filter specs of these uses."""
    return {spec for use in uses for spec in use.filter_specs}


def gallery(*pictures):
    """Return a gallery of these pictures."""
    items = [
        {"type": "item", "id": str(picture.pk), "value": image_block(picture)["value"]}
        for picture in pictures
    ]
    return {"type": "gallery", "value": {"title": "", "pictures": items}}


def test_publishing_draws_all_sizes_that_the_layout_uses(publish):
    first, second, third = PictureFactory(), PictureFactory(), PictureFactory()
    publish(image_block(first), image_block(second), gallery(third))
    own = specs(BODY_PICTURE)
    assert drawn(first) == own | specs(LISTING_PICTURE, LEAD_PICTURE, SOCIAL_PICTURE)
    assert drawn(second) == own
    assert drawn(third) == own | specs(GALLERY_THUMB)


def test_the_chosen_picture_is_drawn_for_lists(publish):
    chosen = PictureFactory()
    publish(chosen_picture=chosen)
    assert drawn(chosen) == specs(LISTING_PICTURE, LEAD_PICTURE, SOCIAL_PICTURE)


def test_nothing_is_drawn_before_the_commit(section):
    picture = PictureFactory()
    article = ArticleFactory(
        parent=section, title="Tin", body=json.dumps([image_block(picture)]), live=False
    )
    article.save_revision().publish()
    assert drawn(picture) == set()


def test_a_draft_draws_nothing(section, django_capture_on_commit_callbacks):
    picture = PictureFactory()
    with django_capture_on_commit_callbacks(execute=True):
        ArticleFactory(
            parent=section, title="Tin", body=json.dumps([image_block(picture)]), live=False
        )
    assert drawn(picture) == set()


def test_what_is_handed_on_for_review_is_drawn_before_it_is_published(
    section, editor, django_capture_on_commit_callbacks
):
    picture = PictureFactory()
    article = ArticleFactory(parent=section, title="Tin", live=False)
    article.body = json.dumps([image_block(picture)])
    article.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        article.get_workflow().start(article, editor)
    assert specs(BODY_PICTURE) <= drawn(picture)


def test_a_new_picture_of_a_published_article_is_drawn_for_lists_before_it_is_published(
    publish, editor, django_capture_on_commit_callbacks
):
    article, picture = publish(image_block(PictureFactory())), PictureFactory()
    article.body = json.dumps([image_block(picture)])
    article.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        article.get_workflow().start(article, editor)
    assert drawn(picture) == specs(BODY_PICTURE, LISTING_PICTURE, LEAD_PICTURE, SOCIAL_PICTURE)


def test_the_editor_who_previews_waits_for_no_avif(section):
    picture = PictureFactory()
    article = ArticleFactory(
        parent=section, title="Tin", body=json.dumps([image_block(picture)]), live=False
    )
    preview = article.make_preview_request()
    assert b"<picture><img" in preview.rendered_content.encode()
    assert drawn(picture) == specs(BODY_PICTURE.as_jpeg(), SOCIAL_PICTURE)


def test_a_picture_that_cannot_be_drawn_stops_neither_the_others_nor_publishing(publish):
    lost, fine = PictureFactory(), PictureFactory()
    Path(settings.MEDIA_ROOT, lost.file.name).unlink()
    article = publish(image_block(lost), image_block(fine))
    article.refresh_from_db()
    assert article.live
    assert drawn(fine) == specs(BODY_PICTURE)


def test_a_picture_deleted_meanwhile_is_passed_over(db):
    draw_renditions.enqueue([[987654, BODY_PICTURE.filter_specs]])


def test_a_queue_that_fails_does_not_stop_publishing(publish, monkeypatch, caplog):
    class FullQueue:
        def enqueue(self, wanted):
            raise OSError("đầy")

    monkeypatch.setattr("cms.renditions.drawing.draw_renditions", FullQueue())
    article = publish(image_block(PictureFactory()))
    article.refresh_from_db()
    assert article.live
    assert "not ordered" in caplog.text


def test_readers_wait_for_no_drawing(publish, client):
    picture = PictureFactory()
    article = publish(image_block(picture))
    before = picture.renditions.count()
    for address in (article.url, "/tin-tuc/", "/", "/feed/"):
        assert client.get(address).status_code == 200
    assert picture.renditions.count() == before


def test_a_cut_picture_keeps_what_matters_in_it(db):
    picture = PictureFactory(file__width=1600, file__height=400)
    with Image.open(picture.file.path) as image:
        image = image.convert("RGB")
        image.paste((255, 0, 0), (0, 0, 200, 400))
        image.save(picture.file.path)
    picture.focal_point_x, picture.focal_point_y = 100, 200
    picture.focal_point_width = picture.focal_point_height = 200
    picture.save()
    with Image.open(picture.get_rendition("format-jpeg|fill-320x200").file.path) as cut:
        red, green, _blue = cut.convert("RGB").getpixel((20, 100))
    assert red > 200 > green
