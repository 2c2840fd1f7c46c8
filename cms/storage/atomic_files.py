"""Media as files that are whole or not there at all, also when the disk is full."""

import os
import posixpath
from contextlib import suppress
from pathlib import PurePath

from django.core.files.move import file_move_safe
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

# How the names of files begin while they are written; none of them is served or saved.
UNFINISHED = ".unfinished-"


def is_unfinished(path: PurePath) -> bool:
    """Say whether a file is just being written, or was left when its process was killed."""
    return path.name.startswith(UNFINISHED)


class AtomicFileStorage(FileSystemStorage):
    """Writes a file under another name in the same folder, and names it when it is whole.

    Django's storage writes under the name itself and leaves what it wrote when the disk is full.
    """

    def _save(self, name, content):
        folder = posixpath.dirname(name)
        unfinished = posixpath.join(folder, UNFINISHED + get_random_string(16))
        try:
            super()._save(unfinished, content)
            return self._name(unfinished, name)
        finally:
            with suppress(OSError):
                os.remove(self.path(unfinished))

    def _name(self, unfinished, name):
        """Give the file the name, or the next one that is free, and return that."""
        while True:
            try:
                rename_into_place(self.path(unfinished), self.path(name), self._allow_overwrite)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def rename_into_place(unfinished, path, may_replace):
    """Let the file be found at `path`; raise `FileExistsError` where another one has that name."""
    if may_replace:
        os.replace(unfinished, path)
        return
    try:
        # Of two that want one name, one gets it.
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        file_move_safe(unfinished, path)
