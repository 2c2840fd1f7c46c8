"""Renditions as older software left them."""

from pathlib import Path

from django.conf import settings
from wagtail.images.models import AbstractRendition, Filter

from cms.models import PortalRendition

SPEC = "format-jpeg|width-60"


def media_path(name):
    """Return where the file called `name` stands."""
    return Path(settings.MEDIA_ROOT, name)


def old_rendition(picture, spec=SPEC, name=None):
    """Draw a rendition with the name that Wagtail gives it, and a row that says nothing of it."""
    file = picture.generate_rendition_file(Filter(spec))
    name = name or AbstractRendition.get_upload_to(PortalRendition(), file.name)
    path = media_path(name)
    path.parent.mkdir(exist_ok=True)
    file.seek(0)
    path.write_bytes(file.read())
    return PortalRendition.objects.create(
        image=picture, filter_spec=spec, file=name, width=60, height=60, has_random_name=None
    )
