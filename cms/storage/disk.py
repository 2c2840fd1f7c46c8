"""A disk that is full, told from other failures."""

import errno

from django.db import OperationalError

# A full disk, and the limits of an account and of a process.
DISK_FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# What SQLite and PostgreSQL say.
DISK_FULL_DATABASE_MESSAGES = ("database or disk is full", "No space left on device")


def is_disk_full(error: BaseException | None) -> bool:
    """Say whether something failed for lack of room on the disk."""
    if isinstance(error, OperationalError):
        return any(words in str(error) for words in DISK_FULL_DATABASE_MESSAGES)
    return isinstance(error, OSError) and error.errno in DISK_FULL_ERRNOS
