"""Storage of media files that are complete or absent, even when the disk is full."""

import os
import posixpath
from contextlib import suppress
from pathlib import PurePath

from django.core.files import File
from django.core.files.move import file_move_safe
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

# The beginning of the names of files that are being written. No such file is served or backed up.
UNFINISHED = ".unfinished-"


def is_unfinished(path: PurePath) -> bool:
    """Return whether a file is being written, or was left when its process was killed."""
    return path.name.startswith(UNFINISHED)


class AtomicFileStorage(FileSystemStorage):
    """Storage that writes a file under a temporary name and renames it when it is complete.

    The temporary name is in the same folder. Django's storage writes under the final name, and
    leaves the written part when the disk is full.
    """

    def _save(self, name: str, content: File) -> str:
        folder = posixpath.dirname(name)
        unfinished = posixpath.join(folder, UNFINISHED + get_random_string(16))
        try:
            # Here and below: the stubs of Django leave out what is private.
            super()._save(unfinished, content)  # type: ignore[misc]
            return self._name(unfinished, name)
        finally:
            with suppress(OSError):
                os.remove(self.path(unfinished))

    def _name(self, unfinished: str, name: str) -> str:
        """Give the file its name, or the next free name, and return the name that it has."""
        while True:
            try:
                rename_into_place(
                    self.path(unfinished),
                    self.path(name),
                    self._allow_overwrite,  # type: ignore[attr-defined]
                )
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def rename_into_place(unfinished: str, path: str, may_replace: bool) -> None:
    """Rename the file to `path`, and replace another file there only if `may_replace` is true.

    Otherwise raise `FileExistsError` if another file has that name.
    """
    if may_replace:
        os.replace(unfinished, path)
        return
    try:
        # If two processes want the same name, only one gets it.
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # The file system does not support links.
        file_move_safe(unfinished, path)
