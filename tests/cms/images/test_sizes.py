"""The parts of a picture that the sizes of the layout keep."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cms.images.sizes import (
    GALLERY_THUMB,
    LEAD_PICTURE,
    LISTING_PICTURE,
    prefetch_renditions,
)
from cms.models import PortalImage


@pytest.fixture
def portrait(db):
    """A tall picture that is red only at its bottom, where its focal point is."""
    image = Image.new("RGB", (400, 1600), "white")
    image.paste("red", (150, 1450, 250, 1550))
    file = BytesIO()
    image.save(file, "PNG")
    return PortalImage.objects.create(
        title="Chân dung",
        file=ContentFile(file.getvalue(), "chan-dung.png"),
        focal_point_x=200,
        focal_point_y=1500,
        focal_point_width=100,
        focal_point_height=100,
    )


@pytest.mark.parametrize("use", [LEAD_PICTURE, LISTING_PICTURE, GALLERY_THUMB])
def test_a_cropped_picture_keeps_its_focal_point(portrait, use):
    with use.rendition(portrait).file.open() as file:
        colours = Image.open(file).convert("RGB").getcolors(maxcolors=1_000_000)
    red = sum(count for count, (r, g, b) in colours if r > 200 and g < 80 and b < 80)
    assert red > 50


def test_a_picture_that_a_page_shows_twice_is_drawn_once(portrait, django_assert_num_queries):
    """The page has an object for each place. Drawing takes as long as serving a hundred pages."""
    places = [portrait, PortalImage.objects.get(pk=portrait.pk)]
    prefetch_renditions(places, LISTING_PICTURE)
    drawn = LISTING_PICTURE.rendition(places[0])
    with django_assert_num_queries(0):
        assert LISTING_PICTURE.rendition(places[1]) == drawn
