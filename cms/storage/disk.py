"""A check that distinguishes a full disk from other failures."""

import errno

from django.db import OperationalError

# A full disk, and the size limits of an account and of a process.
DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# Parts of the error messages of SQLite and PostgreSQL about a full disk.
DISK_FULL_DATABASE_MESSAGES = ("database or disk is full", "No space left on device")


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error means that the disk has no space left."""
    if isinstance(error, OperationalError):
        return any(words in str(error) for words in DISK_FULL_DATABASE_MESSAGES)
    return isinstance(error, OSError) and error.errno in DISK_FULL_ERRNOS
