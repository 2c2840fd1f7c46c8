"""Saving and replacing the database, in the way of each kind."""

import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction

# The schema that holds the former content of PostgreSQL while the new one comes in.
FORMER_SCHEMA = "replaced_by_restore"

# Its name once the restore has succeeded: what has this name is never put back.
DISCARDED_SCHEMA = "dropped_by_restore"

# Tables without which a database is no site's.
REQUIRED_TABLES = frozenset({"django_migrations", "wagtailcore_page"})


class BackupError(Exception):
    """What went wrong, in words for the operator: one line, however many a program took."""

    def __init__(self, problem):
        super().__init__(" ".join(problem.split()))


class RollbackFailedError(BackupError):
    """A restore failed, and what was there could not be put back: it is kept, and named."""


@contextmanager
def roll_back_on_error(kept, roll_back):
    """Do what the block does; where it fails call `roll_back`, and where that fails say so.

    `kept` tells the operator what is kept and where.
    """
    try:
        yield
    except BaseException as failure:
        try:
            roll_back()
        except BaseException as error:
            raise RollbackFailedError(
                f"{str(failure) or type(failure).__name__} Not put back ({error}): {kept}."
            ) from failure
        raise


def has_accounts():
    """Say whether somebody has an account here."""
    table = get_user_model()._meta.db_table
    return table in connection.introspection.table_names() and get_user_model().objects.exists()


def save(path):
    """Write the content of the database to `path`, as it is at one moment, while it is in use."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def verify(path):
    """Raise if `path` is not the whole content of a database of a site, as `save` writes it."""
    if not path.is_file() or not path.stat().st_size:
        raise BackupError("it holds no database, or an empty one.")
    tables = tables_of_sqlite(path) if connection.vendor == "sqlite" else tables_of_dump(path)
    for table in REQUIRED_TABLES - tables:
        raise BackupError(f"the database in it has no table {table}.")


def tables_of_sqlite(path):
    """Return the tables of a SQLite file that is whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            # Many lines where much is wrong.
            (result,) = file.execute("PRAGMA integrity_check(1)").fetchone()
            found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"the database in it is no whole SQLite file: {error}") from error
    if result != "ok":
        raise BackupError(f"the database in it is damaged: {result}")
    return {name for (name,) in found}


def tables_of_dump(path):
    """Return the tables of a dump of PostgreSQL that can be read to its end."""
    run("pg_restore", f"--file={os.devnull}", str(path))
    listed = (line.split() for line in run("pg_restore", "--list", str(path)).splitlines())
    # As in "4711; 0 16453 TABLE DATA public wagtailcore_page portal".
    return {words[6] for words in listed if words[3:6] == ["TABLE", "DATA", "public"]}


@contextmanager
def replaced_database(path, former):
    """Put the content of `path` in place of the database's, then do what the block does.

    Where any of it fails the database is as it was. `former` is a free file name. The block calls
    `confirm` when all is done.
    """
    sqlite = connection.vendor == "sqlite"
    try:
        with replaced_sqlite(path, former) if sqlite else replaced_postgresql(path):
            connections.close_all()
            yield
    finally:
        connections.close_all()


@contextmanager
def replaced_sqlite(path, former):
    """Copy page by page, which also reaches those who have the database open.

    One copy is one transaction of SQLite: cut off half way, it never was.
    """
    # What has the name of the former one is whole.
    partial = Path(f"{former}.part")
    save(partial)
    partial.replace(former)
    with roll_back_on_error(f"the database of before is {former}", lambda: copy_into_site(former)):
        copy_into_site(path)
        yield


def copy_into_site(path):
    """Copy the SQLite file `path` over the site's."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as source:
        source.backup(connection.connection)


@contextmanager
def replaced_postgresql(path):
    """Restore into a new schema, with the former content beside it under another name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {FORMER_SCHEMA}")
        cursor.execute("CREATE SCHEMA public")
    with roll_back_on_error(f"the database of before is the schema {FORMER_SCHEMA}", roll_back):
        run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            # Cut off half way, the new schema is empty.
            "--single-transaction",
            "--schema=public",
            f"--dbname={connection.settings_dict['NAME']}",
            str(path),
        )
        yield


def roll_back():
    """Throw away what came into PostgreSQL, and let the former content be the site's again."""
    # The connection may be what failed.
    connections.close_all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute(f"ALTER SCHEMA {FORMER_SCHEMA} RENAME TO public")


def confirm():
    """Let the new content be the site's for good: from now on the former one is not put back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA {FORMER_SCHEMA} RENAME TO {DISCARDED_SCHEMA}")


def drop_former():
    """Drop what was there before a restore that succeeded."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {DISCARDED_SCHEMA} CASCADE")


def recover():
    """Clean up after an earlier restore that was cut off, which only PostgreSQL needs.

    The former content is put back where the site is empty. Where it has accounts nobody but the
    operator knows which of the two is right.
    """
    if connection.vendor != "postgresql":
        return
    drop_former()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [FORMER_SCHEMA])
        was_cut_off = cursor.fetchone()
    if was_cut_off and has_accounts():
        raise BackupError(
            f"An earlier restore left the schema {FORMER_SCHEMA}, and the site has accounts. Look "
            f"which is right, drop the other (DROP SCHEMA {FORMER_SCHEMA} CASCADE, or DROP SCHEMA "
            f"public CASCADE to have {FORMER_SCHEMA} put back), and restore again."
        )
    if was_cut_off:
        roll_back()


def run(program, *arguments):
    """Run a program of PostgreSQL on the site's database, and return what it writes.

    The password goes by the environment.
    """
    settings = connection.settings_dict
    variables = {
        "PGHOST": settings["HOST"],
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
    }
    environment = {**os.environ, **{name: value for name, value in variables.items() if value}}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments of ours
            [program, *arguments], env=environment, check=True, capture_output=True, text=True
        ).stdout
    except FileNotFoundError:
        raise BackupError(
            f"{program} is not installed. It comes with PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        # One that was killed says nothing.
        raise BackupError(f"{program}: {error.stderr.strip() or error}") from None
