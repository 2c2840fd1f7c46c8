"""The sizes and formats in which the layout shows pictures.

Each use of a picture is a `PictureUse`; the tag `{% portal_picture %}` draws it, and
`prefetch_renditions` fetches what the tag will ask for, so that the two cannot drift apart.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_renditions_or_not_found


@dataclass(frozen=True)
class PictureUse:
    """One place of the layout.

    `operations` are Wagtail's resize rules, narrow to wide; `sizes` is what the browser is told
    of the width it will show the picture at.
    """

    operations: tuple[str, ...]
    sizes: str = ""
    formats: tuple[str, ...] = ("avif", "jpeg")

    @property
    def filter_specs(self):
        """Return Wagtail's filter specs: AVIF first, JPEG for browsers that lack it."""
        return [
            f"format-{picture_format}|{operation}"
            for picture_format in self.formats
            for operation in self.operations
        ]

    def rendition(self, picture):
        """Return the largest JPEG of `picture`, a placeholder where its file is lost."""
        spec = self.filter_specs[-1]
        return get_renditions_or_not_found(picture, [spec])[spec]


BODY_PICTURE = PictureUse(
    operations=("width-480", "width-800", "width-1200"),
    sizes="(min-width: 48rem) 44rem, 100vw",
)
"""A captioned picture in the text, as wide as the text."""

LISTING_PICTURE = PictureUse(
    operations=("fill-320x200", "fill-640x400"),
    sizes="(min-width: 48rem) 20rem, 40vw",
)
"""The small picture beside a title in a list."""

LEAD_PICTURE = PictureUse(
    operations=("fill-480x300", "fill-960x600"),
    sizes="(min-width: 48rem) 40rem, 100vw",
)
"""The large picture of the first lead story."""

GALLERY_PICTURE = PictureUse(
    operations=("fill-400x300", "fill-800x600"),
    sizes="(min-width: 48rem) 22rem, 50vw",
)
"""One of the pictures of a gallery."""

SOCIAL_PICTURE = PictureUse(operations=("fill-1200x630",), formats=("jpeg",))
"""What is shown of an article elsewhere, where it is shared or found."""


def social_rendition(picture):
    """Return the rendition of `picture` for sharing; `None` without a picture or its file."""
    rendition = SOCIAL_PICTURE.rendition(picture) if picture else None
    return rendition if rendition and rendition.width else None


def prefetch_renditions(pictures, *uses):
    """Fetch the existing renditions of `pictures` for the given uses, in one query."""
    specs = [spec for use in uses for spec in use.filter_specs]
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    prefetch_related_objects(
        list(pictures),
        Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions"),
    )
