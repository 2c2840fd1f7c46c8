"""Add a column for renditions with a random name and a table of former rendition names.

The column has no default while it is added. So it is NULL in every existing row, and SQLite adds it
without rebuilding the table.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_gone_addresses"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    model_name="portalrendition",
                    name="has_random_name",
                    field=models.BooleanField(editable=False, null=True),
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name="portalrendition",
                    name="has_random_name",
                    field=models.BooleanField(default=True, editable=False, null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerRenditionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("new_name", models.CharField(max_length=100)),
                ("renamed", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField()),
                (
                    "rendition",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="former_name",
                        to="cms.portalrendition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name"], name="former_rendition_name"),
                    models.Index(fields=["due_at"], name="former_rendition_due"),
                ],
            },
        ),
    ]
