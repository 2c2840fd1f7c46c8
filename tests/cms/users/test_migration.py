"""The migration drops the tables of django-axes, which counted wrong passwords before."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

migration = import_module("cms.migrations.0005_failed_attempts")

pytestmark = pytest.mark.django_db


def run():
    """Run the step of the migration that drops the tables."""
    migration.drop_axes(apps, connection.SchemaEditorClass(connection))


def test_what_django_axes_kept_is_gone_and_a_release_before_can_make_its_tables_anew():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE axes_accessattempt (id integer PRIMARY KEY)")
        cursor.execute(
            "CREATE TABLE axes_accessattemptexpiration "
            "(access_attempt_id integer PRIMARY KEY REFERENCES axes_accessattempt (id))"
        )
    MigrationRecorder(connection).record_applied("axes", "0001_initial")
    kind = ContentType.objects.create(app_label="axes", model="accessattempt")
    Permission.objects.create(content_type=kind, codename="view_accessattempt", name="view")
    run()
    assert not [name for name in connection.introspection.table_names() if "axes" in name]
    assert not MigrationRecorder(connection).migration_qs.filter(app="axes").exists()
    assert not ContentType.objects.filter(app_label="axes").exists()
    assert not Permission.objects.filter(content_type__app_label="axes").exists()


def test_a_new_site_has_none_of_them_to_drop():
    tables = connection.introspection.table_names()
    run()
    assert connection.introspection.table_names() == tables
    assert "cms_failedattempts" in tables
