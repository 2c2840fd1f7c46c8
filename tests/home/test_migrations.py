"""Tests that the migrations of `home` can be undone and applied again.

They run in a separate process and a separate database, so the suite's database does not change.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

JOURNEY = """
import json
import django
django.setup()
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from wagtail.models import (
    GroupCollectionPermission, GroupPagePermission, Locale, Page, Site, Task, Workflow
)


def name(permission):
    return f"{permission.content_type.app_label}.{permission.codename}"


def rights():
    found = {}
    for group in Group.objects.order_by("name"):
        found[group.name] = sorted(
            [name(permission) for permission in group.permissions.all()]
            + [
                f"{name(given.permission)} below {given.page.url_path}"
                for given in GroupPagePermission.objects.filter(group=group)
            ]
            + [
                f"{name(given.permission)} in {given.collection.name}"
                for given in GroupCollectionPermission.objects.filter(group=group)
            ]
        )
    return found


def report():
    return {
        "rights": rights(),
        "pages": sorted(Page.objects.values_list("url_path", flat=True)),
        "numchild": Page.objects.get(depth=1).numchild,
        "problems": [found for group in Page.find_problems() for found in group],
        "languages": sorted(Locale.objects.values_list("language_code", flat=True)),
        "sites": sorted(Site.objects.values_list("hostname", flat=True)),
        "workflows": sorted(Workflow.objects.values_list("name", flat=True)),
        "tasks": sorted(Task.objects.values_list("name", flat=True)),
        "tables": [table for table in connection.introspection.table_names()
                   if table.startswith("home_")],
    }


reports = {}
for app in apps.get_app_configs():
    if app.label != "home":
        try:
            call_command("migrate", app.label, verbosity=0)
        except Exception as error:
            if "does not have migrations" not in str(error):
                raise
reports["before"] = report()
call_command("migrate", verbosity=0)
reports["first"] = report()
call_command("migrate", "home", "zero", verbosity=0)
reports["zero"] = report()
call_command("migrate", verbosity=0)
reports["again"] = report()
print(json.dumps(reports))
"""


@contextmanager
def empty_database(directory):
    """Yield the URL of an empty database of the same kind as the suite's database."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{directory / 'journey.sqlite3'}"
        return
    import psycopg2
    from psycopg2.sql import SQL, Identifier

    given = connection.settings_dict
    name = f"{given['NAME']}_journey"
    server = psycopg2.connect(
        host=given["HOST"],
        port=given["PORT"] or None,
        user=given["USER"],
        password=given["PASSWORD"],
        dbname="postgres",
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        user, password = quote(given["USER"], safe=""), quote(given["PASSWORD"], safe="")
        port = f":{given['PORT']}" if given["PORT"] else ""
        try:
            yield f"postgres://{user}:{password}@{given['HOST']}{port}/{name}"
        finally:
            cursor.execute(SQL("DROP DATABASE {}").format(Identifier(name)))
    server.close()


@pytest.fixture(scope="module")
def journey(tmp_path_factory):
    """Reports on the database before `home`, with it, after its removal, and with it again."""
    with empty_database(tmp_path_factory.mktemp("journey")) as address:
        done = subprocess.run(  # noqa: S603 - our own script
            [sys.executable, "-c", JOURNEY],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "settings.test",
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_suite_runs_on_rights_that_the_migrations_gave(journey):
    assert set(journey["first"]["rights"]) == {
        "Administrators",
        "Editors",
        "Moderators",
        "Translators (English)",
    }


def test_removing_home_leaves_no_table_page_site_or_language_of_it(journey):
    zero = journey["zero"]
    assert zero["tables"] == []
    assert zero["pages"] == ["/"]
    assert zero["numchild"] == 0
    assert zero["sites"] == []
    assert zero["languages"] == ["vi"]


def test_removing_home_leaves_the_groups_that_wagtail_made(journey):
    assert set(journey["zero"]["rights"]) == {"Editors", "Moderators"}


def effective(rights):
    """Return the rights without old model permissions on pictures and documents.

    Wagtail wrote these permissions long ago and no longer checks them.
    """
    outlived = ("wagtailimages", "wagtaildocs")
    return {
        group: [right for right in found if " " in right or not right.startswith(outlived)]
        for group, found in rights.items()
    }


def test_removing_home_gives_the_groups_back_what_wagtail_gave_them(journey):
    assert effective(journey["zero"]["rights"]) == effective(journey["before"]["rights"])


def test_removing_home_gives_the_workflow_its_name_back(journey):
    for kind in ("workflows", "tasks"):
        assert journey["zero"][kind] == journey["before"][kind]


def test_coming_back_the_groups_have_the_same_rights(journey):
    assert journey["again"]["rights"] == journey["first"]["rights"]


def test_coming_back_everything_else_is_as_at_first(journey):
    assert journey["again"] == journey["first"]


def test_the_page_tree_is_sound_at_every_station(journey):
    for station in journey.values():
        assert station["problems"] == []
