"""Add a table for the heartbeats of the workers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0005_failed_attempts"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkerSign",
            fields=[
                (
                    "worker_id",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("seen_at", models.DateTimeField()),
            ],
        ),
    ]
