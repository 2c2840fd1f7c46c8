"""The files of renditions under their new names."""

import logging
import os
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage
from wagtail.images.models import Filter

from cms.models import PortalRendition
from cms.storage.disk import is_disk_full

logger = logging.getLogger(__name__)


def provide_file(rendition: PortalRendition, new_name: str) -> bool:
    """Make the file of `rendition` available under `new_name` as well, and return whether it is.

    A lost file is drawn anew. The new name never holds an incomplete file.
    """
    storage = rendition.file.storage
    path, new_path = Path(storage.path(rendition.file.name)), Path(storage.path(new_name))
    if not new_path.parent.is_dir():
        # The whole disk is missing, not only one file, so the file may still exist.
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
        # The file system does not support hard links.
        with path.open("rb") as file:
            write(storage, new_name, file)
    return True


def draw(rendition: PortalRendition) -> File | None:
    """Return the file of `rendition`, drawn anew, or `None` if it cannot be drawn."""
    picture, size = rendition.image, Filter(rendition.filter_spec)
    try:
        if size.get_cache_key(picture) != rendition.focal_point_key:
            # The rendition was drawn around a focal point that has changed since.
            return None
        drawing = picture.generate_rendition_file(size)
    except Exception as error:
        # For a broken file, Pillow and the libraries that it uses raise many kinds of errors.
        if is_disk_full(error):
            raise
        spec = rendition.filter_spec
        logger.warning("%s of picture %s cannot be drawn: %s", spec, picture.pk, error)
        return None
    # Drawing leaves the file position at the end.
    drawing.seek(0)
    return drawing


def write(storage: Storage, name: str, file: IO[bytes]) -> None:
    """Write `file` under `name`, completely or not at all.

    A file that another worker wrote under this name is kept.
    """
    stored = storage.save(name, File(file))
    if stored != name:
        storage.delete(stored)


def remove_file(name: str) -> None:
    """Delete the file of a rendition, if there is one."""
    if name:
        storage = PortalRendition._meta.get_field("file").storage
        Path(storage.path(name)).unlink(missing_ok=True)
