"""Draft, review, publish: Wagtail's workflow under the name that the newsroom uses."""

from django.db import migrations

WAGTAILS_NAME = "Moderators approval"
OUR_NAME = "Duyệt bài"


def rename(apps, before, after):
    """Rename the workflow and its one task."""
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=before).update(name=after)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_roles")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: rename(apps, WAGTAILS_NAME, OUR_NAME),
            lambda apps, schema_editor: rename(apps, OUR_NAME, WAGTAILS_NAME),
        )
    ]
