"""Saving and replacing the database, in the way of each kind."""

import os
import sqlite3
import subprocess
from contextlib import closing

from django.db import connection, connections

REPLACED = "replaced_by_restore"
"""The schema that holds the former content of PostgreSQL while the new one comes in."""


class BackupError(Exception):
    """What went wrong, in words for the operator."""


def save(path):
    """Write the content of the database to `path`, as it is at one moment, while it is in use."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def replace(path, spare):
    """Put the content of `path` in place of the database's; `spare` is a free file name.

    Where that fails the database is as it was.
    """
    if connection.vendor == "sqlite":
        replace_sqlite(path, spare)
    else:
        replace_postgresql(path)
    connections.close_all()


def replace_sqlite(path, spare):
    """Copy page by page, which also reaches those who have the database open."""
    save(spare)
    try:
        copy_into_site(path)
    except sqlite3.Error as error:
        copy_into_site(spare)
        raise BackupError(f"The database could not be restored: {error}") from error


def copy_into_site(path):
    """Copy the SQLite file `path` over the site's."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as source:
        source.backup(connection.connection)


def replace_postgresql(path):
    """Restore beside the former content, and drop that when all is there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {REPLACED} CASCADE")
        cursor.execute(f"ALTER SCHEMA public RENAME TO {REPLACED}")
        cursor.execute("CREATE SCHEMA public")
    try:
        run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--schema=public",
            f"--dbname={connection.settings_dict['NAME']}",
            str(path),
        )
    except BackupError:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {REPLACED} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {REPLACED} CASCADE")


def run(program, *arguments):
    """Run a program of PostgreSQL on the site's database; the password goes by the environment."""
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
        subprocess.run(  # noqa: S603 - a fixed program, arguments of ours
            [program, *arguments], env=environment, check=True, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError(
            f"{program} is not installed. It comes with PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{program}: {error.stderr.strip()}") from None
