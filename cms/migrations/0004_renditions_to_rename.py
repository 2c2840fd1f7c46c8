"""Add the index of renditions to rename, without stopping the site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations import AddIndex


class AddIndexWhileInUse(AddIndexConcurrently):
    """An operation that adds an index concurrently on PostgreSQL, without blocking writes.

    On SQLite, there is only one way to add an index.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Add the index."""
        kind = AddIndexConcurrently if concurrently(schema_editor) else AddIndex
        kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Drop the index."""
        kind = AddIndexConcurrently if concurrently(schema_editor) else AddIndex
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)


def concurrently(schema_editor):
    """Return whether this database can add an index while other connections write."""
    return schema_editor.connection.vendor == "postgresql"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("cms", "0003_names_of_renditions"),
    ]

    operations = [
        AddIndexWhileInUse(
            model_name="portalrendition",
            index=models.Index(
                fields=["id"],
                condition=models.Q(has_random_name__isnull=True),
                name="rendition_to_rename",
            ),
        ),
    ]
