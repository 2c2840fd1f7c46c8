"""Saving and replacing of the database, separately for SQLite and PostgreSQL."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction

# The schema that holds the former content of PostgreSQL during a restore.
FORMER_SCHEMA = "replaced_by_restore"

# The name of `FORMER_SCHEMA` after a successful restore. A schema with this name is never put back.
DISCARDED_SCHEMA = "dropped_by_restore"

# Tables that every database of a site has.
REQUIRED_TABLES = frozenset({"django_migrations", "wagtailcore_page"})


class BackupError(Exception):
    """An error with a one-line message for the operator, even if a program wrote several lines."""

    def __init__(self, problem: str) -> None:
        super().__init__(" ".join(problem.split()))


class RollbackFailedError(BackupError):
    """A failed restore whose former data could not be put back.

    The data is kept, and the message names its place.
    """


@contextmanager
def roll_back_on_error(kept: str, roll_back: Callable[[], None]) -> Iterator[None]:
    """Run the block. If it fails, call `roll_back`; if that fails too, raise an error that says so.

    `kept` is a text for the operator: it names the data that is kept, and its place.
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


def has_accounts() -> bool:
    """Return whether the site has any account."""
    table = get_user_model()._meta.db_table
    return table in connection.introspection.table_names() and get_user_model().objects.exists()


def save(path: Path) -> None:
    """Write a consistent copy of the database to `path`, while the database is in use."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def verify(path: Path) -> None:
    """Raise if `path` is not a complete database of a site, as `save` writes it."""
    if not path.is_file() or not path.stat().st_size:
        raise BackupError("it holds no database, or an empty one.")
    tables = tables_of_sqlite(path) if connection.vendor == "sqlite" else tables_of_dump(path)
    for table in REQUIRED_TABLES - tables:
        raise BackupError(f"the database in it has no table {table}.")


def tables_of_sqlite(path: Path) -> set[str]:
    """Return the tables of a SQLite file. Raise if the file is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            # With a limit of 1, a badly damaged file yields one line in place of many.
            (result,) = file.execute("PRAGMA integrity_check(1)").fetchone()
            found = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"the database in it is no whole SQLite file: {error}") from error
    if result != "ok":
        raise BackupError(f"the database in it is damaged: {result}")
    return {name for (name,) in found}


def tables_of_dump(path: Path) -> set[str]:
    """Return the tables of a PostgreSQL dump. Raise if the dump cannot be read to its end."""
    run("pg_restore", f"--file={os.devnull}", str(path))
    listed = (line.split() for line in run("pg_restore", "--list", str(path)).splitlines())
    # A line looks like "4711; 0 16453 TABLE DATA public wagtailcore_page portal".
    return {words[6] for words in listed if words[3:6] == ["TABLE", "DATA", "public"]}


@contextmanager
def replaced_database(path: Path, former: Path) -> Iterator[None]:
    """Replace the content of the database by that of `path`, and then run the block.

    If any of it fails, the former content is put back. `former` is a free file name. The block
    calls `confirm` when everything is done.
    """
    sqlite = connection.vendor == "sqlite"
    try:
        with replaced_sqlite(path, former) if sqlite else replaced_postgresql(path):
            connections.close_all()
            yield
    finally:
        connections.close_all()


@contextmanager
def replaced_sqlite(path: Path, former: Path) -> Iterator[None]:
    """Copy the database page by page. Then processes that have it open get the new content.

    Each copy is one transaction of SQLite: an interrupted copy has no effect.
    """
    # A file under the name `former` is always complete.
    partial = Path(f"{former}.part")
    save(partial)
    partial.replace(former)
    with roll_back_on_error(f"the database of before is {former}", lambda: copy_into_site(former)):
        copy_into_site(path)
        yield


def copy_into_site(path: Path) -> None:
    """Copy the SQLite file `path` over the site's database."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as source:
        source.backup(connection.connection)


@contextmanager
def replaced_postgresql(path: Path) -> Iterator[None]:
    """Restore into a new schema, and keep the former content beside it under another name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {FORMER_SCHEMA}")
        cursor.execute("CREATE SCHEMA public")
    with roll_back_on_error(f"the database of before is the schema {FORMER_SCHEMA}", roll_back):
        run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            # If interrupted, the new schema is empty.
            "--single-transaction",
            "--schema=public",
            f"--dbname={connection.settings_dict['NAME']}",
            str(path),
        )
        yield


def roll_back() -> None:
    """Drop the new content of PostgreSQL, and use the former content for the site again."""
    # The connection itself may be the cause of the failure.
    connections.close_all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute(f"ALTER SCHEMA {FORMER_SCHEMA} RENAME TO public")


def confirm() -> None:
    """Confirm the new content: from now on the former content is not put back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA {FORMER_SCHEMA} RENAME TO {DISCARDED_SCHEMA}")


def drop_former() -> None:
    """Drop the former content after a successful restore."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {DISCARDED_SCHEMA} CASCADE")


def recover() -> None:
    """Clean up after an earlier restore that was interrupted. Only PostgreSQL needs this.

    The former content is put back if the site is empty. If the site has accounts, only the operator
    knows whether the new or the former content is right.
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


def run(program: str, *arguments: str) -> str:
    """Run a PostgreSQL program on the site's database, and return its output.

    The password is passed in the environment.
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
        return subprocess.run(  # noqa: S603 - a fixed program, our own arguments
            [program, *arguments], env=environment, check=True, capture_output=True, text=True
        ).stdout
    except FileNotFoundError:
        raise BackupError(
            f"{program} is not installed. It comes with PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        # A program that was killed writes no error message.
        raise BackupError(f"{program}: {error.stderr.strip() or error}") from None
