"""The sizes and formats in which the layout shows pictures.

Each use of a picture is a `PictureUse`. The tag `{% portal_picture %}` draws it.
`prefetch_renditions` fetches exactly the renditions that the tag needs, so both always agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.shortcuts import get_renditions_or_not_found


@dataclass(frozen=True)
class PictureUse:
    """A place in the layout that shows pictures.

    `operations` are Wagtail's resize rules, from narrow to wide. `sizes` gives the browser the
    width at which it will show the picture.
    """

    operations: tuple[str, ...]
    sizes: str = ""
    formats: tuple[str, ...] = ("avif", "jpeg")

    @property
    def filter_specs(self) -> list[str]:
        """Return Wagtail's filter specs: AVIF first, then JPEG for browsers without AVIF."""
        return [
            f"format-{picture_format}|{operation}"
            for picture_format in self.formats
            for operation in self.operations
        ]

    def as_jpeg(self) -> Self:
        """Return the same use without AVIF, which takes fifty times as long to generate."""
        return replace(self, formats=("jpeg",))

    def rendition(self, picture: AbstractImage) -> AbstractRendition:
        """Return the largest JPEG of `picture`, or a placeholder if its file is lost."""
        spec = self.filter_specs[-1]
        return get_renditions_or_not_found(picture, [spec])[spec]


# A captioned picture in the text or in a gallery. It is as wide as the text.
BODY_PICTURE = PictureUse(
    operations=("width-480", "width-720", "width-1080", "width-1440"),
    sizes="(min-width: 46rem) 44rem, calc(100vw - 2rem)",
)

# The small picture that links to a picture of a gallery.
GALLERY_THUMB = PictureUse(operations=("fill-160x120", "fill-320x240"), sizes="5rem")

# The small picture beside a title in a list.
LISTING_PICTURE = PictureUse(
    operations=("fill-320x200", "fill-640x400"),
    sizes="(min-width: 56rem) 17rem, (min-width: 40rem) 13rem, 7rem",
)

# The picture above a title, as wide as a column of the home page.
COLUMN_PICTURE = PictureUse(
    operations=LISTING_PICTURE.operations,
    sizes="(min-width: 56rem) 22rem, (min-width: 40rem) 17rem, calc(100vw - 2rem)",
)

# The large picture of the first lead story.
LEAD_PICTURE = PictureUse(
    operations=("fill-480x300", "fill-768x480", "fill-1080x675", "fill-1440x900"),
    sizes="(min-width: 56rem) 41rem, 100vw",
)

# The picture of an article on other sites. Search results use 1:1, 4:3 or 16:9. The last size is
# for a shared page.
SOCIAL_PICTURE = PictureUse(
    operations=("fill-1200x1200", "fill-1200x900", "fill-1200x675", "fill-1200x630"),
    formats=("jpeg",),
)


def social_renditions(picture: AbstractImage | None) -> list[AbstractRendition]:
    """Return the renditions of `picture` for other sites.

    The list is empty if there is no picture or if its file is lost.
    """
    if not picture:
        return []
    renditions = get_renditions_or_not_found(picture, SOCIAL_PICTURE.filter_specs)
    return [rendition for rendition in renditions.values() if rendition.width]


def prefetch_renditions(pictures: Iterable[AbstractImage], *uses: PictureUse) -> None:
    """Fetch the existing renditions of `pictures` for the given uses, in one query.

    A picture that the page shows in several places has one list for all of them. A missing size is
    therefore generated only once.
    """
    specs = [spec for use in uses for spec in use.filter_specs]
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    pictures = list(pictures)
    prefetch_related_objects(
        pictures, Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    )
    shared: dict[int, list[AbstractRendition]] = {}
    for picture in pictures:
        found = shared.setdefault(picture.pk, picture.prefetched_renditions)
        picture.prefetched_renditions = found
