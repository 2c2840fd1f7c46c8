"""The site with the demo content, created once in a run. Each portal of the run is a copy."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests.portal import Portal, fill, new_portal, run_servers

GIVEN = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = GIVEN.startswith("postgres")

# Saving the site deletes the address that Redis may have cached in an earlier run.
MOVE = """
from wagtail.models import Site
site = Site.objects.get()
site.port = {port}
site.save()
"""


@dataclass(frozen=True)
class FilledSite:
    """The site, in a folder that all processes of the run use. It is copied, never served."""

    folder: Path

    @property
    def name(self):
        """The name of the site's database, which is different in each run."""
        return (self.folder / "name").read_text()

    def make(self):
        """Create the site, which takes most of a minute."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "name").write_text(f"portal_{secrets.token_hex(6)}")
        create_database(self.name)
        database_url = database_url_of(self.name, self.folder)
        try:
            fill(new_portal(database_url, self.folder / "media", self.folder / "log"))
        except BaseException:
            drop_database(self.name)
            raise

    @contextmanager
    def serve_copy(self, folder: Path, name: str, redis_url="", **variables) -> Iterator[Portal]:
        """Serve a copy with its files in `folder`, and drop its database at the end."""
        name = f"{self.name}_{name}_{os.getpid()}"
        variables["STATIC_ROOT"] = str(self.folder / "static")
        shutil.copytree(self.folder / "media", folder / "media")
        if not ON_POSTGRESQL:
            shutil.copy(self.folder / f"{self.name}.sqlite3", folder / f"{name}.sqlite3")
        create_database(name, template=self.name)
        try:
            portal = new_portal(
                database_url_of(name, folder),
                folder / "media",
                folder / "log",
                redis_url,
                **variables,
            )
            portal.manage("shell", "-v0", "-c", MOVE.format(port=urlsplit(portal.url).port))
            with run_servers(portal):
                yield portal
        finally:
            drop_database(name)


@contextmanager
def shared_site(folder: Path) -> Iterator[FilledSite]:
    """Yield the filled site in `folder`.

    The first process creates the site, and the last process deletes it.
    """
    site, users = FilledSite(folder), folder.with_suffix(".users")
    with one_at_a_time(folder):
        if not users.exists():
            site.make()
        with users.open("a") as file:
            file.write("+")
    yield site
    with one_at_a_time(folder):
        users.write_text(users.read_text()[1:])
        if not users.read_text():
            drop_database(site.name)
            shutil.rmtree(folder)
            users.unlink()


@contextmanager
def one_at_a_time(folder):
    """Hold a file lock in the block, so that no other process can enter it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def database_url_of(name, folder):
    """Return the URL of the database, on the given server or in `folder`."""
    if ON_POSTGRESQL:
        return urlsplit(GIVEN)._replace(path=f"/{name}").geturl()
    return f"sqlite:///{folder / name}.sqlite3"


def create_database(name, template="template1"):
    """Create a database on the PostgreSQL server. An SQLite file needs no creation."""
    ask_server(f"CREATE DATABASE {name} TEMPLATE {template}")


def drop_database(name):
    """Drop a database of the PostgreSQL server. An SQLite file is deleted with its folder."""
    ask_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def ask_server(statement):
    """Run a statement outside any transaction, if the run has a PostgreSQL server."""
    if not ON_POSTGRESQL:
        return
    connection = psycopg2.connect(GIVEN)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
