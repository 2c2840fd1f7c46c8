"""Databases that replace the default database, and that can hold the live count's tables."""

from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg2
from django.db import connection, connections

from cms.visitors.models import CountState, Presence, VisitorHour
from settings import environment

MODELS = (Presence, CountState, VisitorHour)


def analyze(*models):
    """Update the database's statistics about the tables of `models`.

    Within a test, the database does not update them by itself.
    """
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@contextmanager
def replace_default_database(url):
    """Make all threads use the database at `url`, configured like the site's own database.

    Yield its connection for this thread.
    """
    before = connections.settings["default"], connections["default"]
    config = connections.configure_settings(environment.database("", default=url))
    connections.settings["default"] = config["default"]
    connections["default"] = connection = connections.create_connection("default")
    try:
        yield connection
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = before


@contextmanager
def tables_for_models(models, url):
    """Replace the default database by one with the tables of `models`, dropped at the end."""
    with replace_default_database(url) as connection:
        with connection.schema_editor() as editor:
            for model in models:
                editor.create_model(model)
        try:
            yield connection
        finally:
            with connection.schema_editor() as editor:
                for model in models:
                    editor.delete_model(model)


def visitor_tables(url):
    """Replace the default database by one with the tables of the live count."""
    return tables_for_models(MODELS, url)


@contextmanager
def temporary_database(url, name, template="template1"):
    """Create a PostgreSQL database on the server of `url`, and yield its URL.

    The database is a copy of `template`. PostgreSQL's own template is empty. The database is
    dropped at the end.
    """
    with closing(psycopg2.connect(url)) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
            try:
                yield urlsplit(url)._replace(path=f"/{name}").geturl()
            finally:
                cursor.execute(f"DROP DATABASE {name}")
