"""Creation and verification of the backup archive.

The archive has another name until it is complete. A restore reads it to its end before using it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cms.operations.backup import databases
from cms.operations.backup.databases import BackupError, RollbackFailedError, roll_back_on_error
from cms.storage.atomic_files import is_unfinished

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media"
FORMER_DATABASE = "spare"
FORMER_MEDIA = "former-media"
# The prefix of the folders, beside the media, in which archives are unpacked.
FOLDER_PREFIX = ".restore-"

# The version of the archive layout. A restore refuses any other version.
FORMAT = 1

# Apps that the site had in the past. Archives from that time list their migrations, newer archives
# do not.
#
# A migration of ours drops their tables when the restored database is migrated.
FORMER_APPS = frozenset({"axes"})

# The manifest, as `fill` writes it in JSON.
Manifest = dict[str, Any]


def create(target: str | Path) -> Manifest:
    """Write the archive `target`, readable only by its owner, and return the manifest."""
    target = Path(target).absolute()
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            dump = Path(folder, DATABASE)
            databases.save(dump)
            databases.verify(dump)
            descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                # With `dereference`, a hard link is saved as a full file.
                with tarfile.open(
                    fileobj=file, mode="w:gz", compresslevel=6, dereference=True
                ) as archive:
                    manifest = fill(archive, dump)
                file.flush()
                os.fsync(file.fileno())
        partial.replace(target)
    except (BackupError, OSError, sqlite3.Error, Error) as error:
        raise BackupError(f"{target} was not written: {error}") from error
    finally:
        remove(partial)
    return manifest


def remove(path: Path) -> None:
    """Delete a file if it exists. If it cannot be reached, it was not written."""
    with suppress(OSError):
        path.unlink()


def fill(archive: tarfile.TarFile, dump: Path) -> Manifest:
    """Add the database, the media and the manifest to the open archive, and return the manifest."""
    files = {DATABASE: add(archive, dump, DATABASE)}
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink() and not is_unfinished(path):
            name = f"{MEDIA}/{path.relative_to(media).as_posix()}"
            # A file that an editor has deleted since is left out.
            with suppress(FileNotFoundError):
                files[name] = add(archive, path, name)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "engine": connection.vendor,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "files": files,
    }
    # The JSON is ASCII, because a file name need not be UTF-8.
    content = json.dumps(manifest, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size = len(content)
    archive.addfile(member, BytesIO(content))
    return manifest


class HashingReader:
    """A reader that computes the SHA-256 of a file while the file is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes, as a file does."""
        content = self.file.read(size)
        self.digest.update(content)
        return content


def add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Add one file, and return the SHA-256 of the bytes that were added.

    The file may change while it is read, so the hash is taken from these bytes.
    """
    with open(path, "rb") as file:
        hashing = HashingReader(file)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=file), hashing)
    return hashing.digest.hexdigest()


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unpacked_archive(source: str | Path) -> Iterator[tuple[Path, Manifest]]:
    """Unpack the archive beside the media, verify it, and yield the folder and the manifest.

    Every error of the archive is raised before anything of the site is changed. The folder is
    deleted at the end, unless it holds former data that could not be put back.
    """
    try:
        media = Path(settings.MEDIA_ROOT).absolute()
        media.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=media.parent))
    except OSError as error:
        raise BackupError(f"{source} cannot be unpacked: {error}") from error
    is_needed = False
    try:
        unpack(source, folder)
        yield folder, verified_manifest(source, folder)
    except RollbackFailedError:
        is_needed = True
        raise
    finally:
        if not is_needed:
            shutil.rmtree(folder, ignore_errors=True)


def unpack(source: str | Path, folder: Path) -> None:
    """Unpack the archive to `folder`."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            # The filter removes unusual permissions from files. It does not exist before Python
            # 3.11.4.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            members = checked_members(source, archive)
            archive.extractall(folder, members)  # noqa: S202 - `checked_members` checks paths
    except FileNotFoundError:
        raise BackupError(f"There is no file {source}.") from None
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        # Errors of the operating system, such as a full disk, have an `errno`. Errors of gzip do
        # not.
        if getattr(error, "errno", None):
            raise BackupError(f"{source} was not unpacked: {error}") from error
        raise BackupError(f"{source} is no archive of this site: {error}") from error


def checked_members(source: str | Path, archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the members of the open archive. Raise if `fill` cannot have added one."""
    seen = set()
    for member in archive:
        path = PurePosixPath(member.name)
        is_media = path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts
        if member.name in seen or not member.isfile():
            raise BackupError(f"{source} is damaged: {member.name} is there twice, or no file.")
        if not is_media and member.name not in (DATABASE, MANIFEST):
            raise BackupError(f"{source} is damaged: {member.name} belongs to no site.")
        seen.add(member.name)
        yield member


def verified_manifest(source: str | Path, folder: Path) -> Manifest:
    """Return the manifest of the files unpacked to `folder`. Raise if anything is wrong."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        engine, version, made_at = manifest["engine"], manifest["format"], manifest["made_at"]
        stated = dict(manifest["files"])
        migrations = set(map(tuple, manifest["migrations"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{source} has no manifest that can be read.") from error
    if version != FORMAT:
        raise BackupError(f"{source} is laid out in a way that this version does not know.")
    if engine != connection.vendor:
        raise BackupError(
            f"{source} holds a database of {engine}, the site has {connection.vendor}."
        )
    known = set(MigrationLoader(None).disk_migrations)
    unknown = {(app, name) for app, name in migrations - known if app not in FORMER_APPS}
    if unknown:
        app, name = min(unknown)
        raise BackupError(
            f"{source} was made by a newer version: migration {name} of {app} is not known here."
        )
    found = {
        path.relative_to(folder).as_posix(): checksum(path)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / MANIFEST
    }
    if found != stated:
        name = min(name for name in found.keys() | stated if found.get(name) != stated.get(name))
        raise BackupError(f"{source} is damaged: {name} is not what the manifest says.")
    if DATABASE not in found:
        raise BackupError(f"{source} holds no database: its manifest of {made_at} lists none.")
    try:
        databases.verify(folder / DATABASE)
    except BackupError as error:
        raise BackupError(f"{source} cannot be restored: {error}") from error
    return manifest


def recover() -> None:
    """Clean up after an earlier restore that was interrupted.

    Raise if the operator has to clean up.
    """
    parent = Path(settings.MEDIA_ROOT).absolute().parent
    for folder in sorted(parent.glob(f"{FOLDER_PREFIX}*")):
        held = [name for name in (FORMER_DATABASE, FORMER_MEDIA) if (folder / name).exists()]
        if held:
            raise BackupError(
                f"An earlier restore did not end: {folder} holds {' and '.join(held)} of the site "
                "of before. Put them back as docs/operators.md says, or keep the site as it is; "
                "remove that folder, and restore again."
            )
    databases.recover()


@contextmanager
def restored_site(folder: Path) -> Iterator[None]:
    """Replace the database and the media by those in `folder`, and then run the block.

    If any of it fails, the former database and media are put back. If that fails too, `folder`
    holds them.
    """
    try:
        with (
            databases.replaced_database(folder / DATABASE, folder / FORMER_DATABASE),
            replaced_media(folder),
        ):
            yield
            databases.confirm()
    except RollbackFailedError:
        raise
    except Exception as error:
        # Whatever went wrong, everything has been put back by now.
        raise BackupError(f"All is as it was. {error}") from error
    # The site is restored. If dropping fails here, the next restore drops the former data.
    with suppress(Error):
        databases.drop_former()


@contextmanager
def replaced_media(folder: Path) -> Iterator[None]:
    """Put the media of `folder` in place while the block runs, and keep them if it succeeds."""
    media, former = Path(settings.MEDIA_ROOT).absolute(), folder / FORMER_MEDIA
    (folder / MEDIA).mkdir(exist_ok=True)
    media.mkdir(exist_ok=True)

    def roll_back() -> None:
        if former.exists():
            if media.exists():
                media.rename(folder / "unwanted-media")
            former.rename(media)

    with roll_back_on_error(f"the media of before are {former}", roll_back):
        media.rename(former)
        (folder / MEDIA).rename(media)
        yield
