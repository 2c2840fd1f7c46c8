"""The archive: made under another name until it is whole, and read to its end before it is used."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from cms.backup import databases
from cms.backup.databases import BackupError

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media"
FORMAT = 1
"""The way in which archives are laid out; another number is refused."""


def create(target):
    """Write the archive `target`, readable by its owner alone, and return the manifest."""
    target = Path(target).absolute()
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            dump = Path(folder, DATABASE)
            databases.save(dump)
            descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                    manifest = fill(archive, dump)
                file.flush()
                os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise BackupError(f"{target} was not written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def fill(archive, dump):
    """Add database, media and manifest to the open archive, and return the manifest."""
    files = {DATABASE: add(archive, dump, DATABASE)}
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink():
            name = f"{MEDIA}/{path.relative_to(media).as_posix()}"
            files[name] = add(archive, path, name)
    manifest = {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "engine": connection.vendor,
        "migrations": sorted(map(list, MigrationLoader(connection).applied_migrations)),
        "files": files,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size = len(content)
    archive.addfile(member, BytesIO(content))
    return manifest


def add(archive, path, name):
    """Add one file and return its SHA-256."""
    archive.add(path, name, recursive=False)
    return checksum(path)


def checksum(path):
    """Return the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unpacked(source):
    """Unpack the archive beside the media, prove it, and give the folder and the manifest.

    Whatever is wrong with it is told before anything of the site is touched.
    """
    media = Path(settings.MEDIA_ROOT).absolute()
    media.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".restore-", dir=media.parent))
    try:
        try:
            with tarfile.open(source, "r:gz") as archive:
                # Refuses absolute names, "..", links that lead out, and devices.
                archive.extractall(folder, filter="data")
        except FileNotFoundError:
            raise BackupError(f"There is no file {source}.") from None
        except (OSError, EOFError, tarfile.TarError) as error:
            raise BackupError(f"{source} is no archive of this site: {error}") from error
        yield folder, proved(source, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def proved(source, folder):
    """Return the manifest of what was unpacked to `folder`; raise where anything is not right."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        stated, engine, version = manifest["files"], manifest["engine"], manifest["format"]
        migrations = set(map(tuple, manifest["migrations"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{source} has no manifest that can be read.") from error
    if version != FORMAT:
        raise BackupError(f"{source} is laid out in a way that this version does not know.")
    if engine != connection.vendor:
        raise BackupError(
            f"{source} holds a database of {engine}, the site has {connection.vendor}."
        )
    unknown = migrations - set(MigrationLoader(None).disk_migrations)
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
    return manifest


def put_in_place(folder):
    """Replace database and media by what `folder` holds; where that fails all is as it was."""
    databases.replace(folder / DATABASE, folder / "spare")
    media, former = Path(settings.MEDIA_ROOT).absolute(), folder / "former-media"
    (folder / MEDIA).mkdir(exist_ok=True)
    if media.exists():
        media.rename(former)
    (folder / MEDIA).rename(media)
