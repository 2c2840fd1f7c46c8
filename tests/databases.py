"""Databases that take the place of the site's own, with the tables of the live count in them."""

from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg2
from django.db import connection, connections

from cms.visitors.models import CountState, Presence, VisitorHour
from settings import environment

MODELS = (Presence, CountState, VisitorHour)


def analyze(*models):
    """Let the database know how large the tables of `models` are; within a test it is not told."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@contextmanager
def replace_default_database(url):
    """Let all threads use the database at `url`, set up as the site's own would be.

    Yields its connection for this thread.
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
    """Do the same, with the tables of `models` made here and dropped in the end."""
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
    """Do the same with the tables of the live count."""
    return tables_for_models(MODELS, url)


@contextmanager
def temporary_database(url, name, template="template1"):
    """Make a PostgreSQL database beside the one at `url`, a copy of `template`; yield its address.

    PostgreSQL's own template is an empty one.
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
