"""Wagtail's workflow of draft, review and publish, under the name that the newsroom uses.

Administrators review too. Otherwise Wagtail would lock them out of pages that wait for moderators.
"""

from django.db import migrations

WAGTAILS_NAME = "Moderators approval"
OUR_NAME = "Duyệt bài"
ADMINISTRATORS = "Administrators"


def set_up(apps, schema_editor):
    """Rename the workflow and its task, and let administrators approve."""
    rename(apps, WAGTAILS_NAME, OUR_NAME)
    group = apps.get_model("auth.Group").objects.get(name=ADMINISTRATORS)
    for task in apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(name=OUR_NAME):
        task.groups.add(group)


def take_back(apps, schema_editor):
    """Restore the workflow as Wagtail made it."""
    group = apps.get_model("auth.Group").objects.get(name=ADMINISTRATORS)
    for task in apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(name=OUR_NAME):
        task.groups.remove(group)
    rename(apps, OUR_NAME, WAGTAILS_NAME)


def rename(apps, before, after):
    """Rename the workflow and its one task."""
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=before).update(name=after)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_roles")]

    operations = [migrations.RunPython(set_up, take_back)]
