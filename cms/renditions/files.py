"""Files of renditions, under the name that they are to have."""

import logging
import os
from pathlib import Path

from django.core.files.base import File
from wagtail.images.models import Filter

from cms.models import PortalRendition
from cms.storage.disk import is_disk_full

logger = logging.getLogger(__name__)


def provide_file(rendition, new_name: str) -> bool:
    """Let the file of `rendition` stand under `new_name` as well; say whether it does.

    A file that is lost is drawn anew. Never is there half a file under the new name.
    """
    storage = rendition.file.storage
    path, new_path = Path(storage.path(rendition.file.name)), Path(storage.path(new_name))
    if not new_path.parent.is_dir():
        # Not one file is lost, but the disk is away: nothing may be concluded from that.
        raise FileNotFoundError(f"There is no folder {new_path.parent}")
    try:
        os.link(path, new_path)
    except FileExistsError:
        return True
    except FileNotFoundError:
        drawing = draw(rendition)
        if drawing is None:
            return False
        write(storage, new_name, drawing)
    except OSError:
        # A file system that knows no second name for a file.
        with path.open("rb") as file:
            write(storage, new_name, file)
    return True


def draw(rendition):
    """Return the file of `rendition`, drawn anew, `None` where that cannot be."""
    picture, size = rendition.image, Filter(rendition.filter_spec)
    try:
        if size.get_cache_key(picture) != rendition.focal_point_key:
            # Drawn around something else than what matters in the picture today.
            return None
        drawing = picture.generate_rendition_file(size)
    except Exception as error:
        # Of a broken file, Pillow and what it reads with raise errors of many kinds.
        if is_disk_full(error):
            raise
        spec = rendition.filter_spec
        logger.warning("%s of picture %s cannot be drawn: %s", spec, picture.pk, error)
        return None
    # Drawing leaves it at its end.
    drawing.seek(0)
    return drawing


def write(storage, name: str, file):
    """Write `file` under `name`, whole or not at all; one that another worker wrote will do."""
    stored = storage.save(name, File(file))
    if stored != name:
        storage.delete(stored)


def remove_file(name: str):
    """Remove the file of a rendition, if there is any."""
    if name:
        storage = PortalRendition._meta.get_field("file").storage
        Path(storage.path(name)).unlink(missing_ok=True)
