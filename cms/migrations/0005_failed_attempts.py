"""Add our own table for wrong passwords and drop the tables of django-axes.

Those tables contain user agents and IP addresses that nobody needs any more. After a migration
backwards, a release that still has django-axes creates them again with its own migrations.
"""

from django.db import migrations, models
from django.db.migrations.recorder import MigrationRecorder

TABLES = (
    "axes_accessattemptexpiration",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
)


def drop_axes(apps, schema_editor):
    """Delete the tables, their permissions and content types, and their migration records."""
    connection = schema_editor.connection
    present = connection.introspection.table_names()
    for table in TABLES:
        if table in present:
            schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(table)}")
    MigrationRecorder(connection).migration_qs.filter(app="axes").delete()
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="axes").delete()
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label="axes").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cms", "0004_renditions_to_rename"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedAttempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("moments", models.JSONField(default=list)),
                ("expires_at", models.FloatField(db_index=True)),
            ],
        ),
        migrations.RunPython(drop_axes, migrations.RunPython.noop),
    ]
