"""Renditions as an older version of the software created them."""

from pathlib import Path

from django.conf import settings
from wagtail.images.models import AbstractRendition, Filter

from cms.models import PortalRendition

SPEC = "format-jpeg|width-60"


def media_path(name):
    """Return the path of the file `name`."""
    return Path(settings.MEDIA_ROOT, name)


def old_rendition(picture, spec=SPEC, name=None):
    """Draw a rendition under `name`, by default under Wagtail's own name for it.

    Its row does not say whether the name is random.
    """
    file = picture.generate_rendition_file(Filter(spec))
    name = name or AbstractRendition.get_upload_to(PortalRendition(), file.name)
    path = media_path(name)
    path.parent.mkdir(exist_ok=True)
    file.seek(0)
    path.write_bytes(file.read())
    return PortalRendition.objects.create(
        image=picture, filter_spec=spec, file=name, width=60, height=60, has_random_name=None
    )
