"""The permission to download the statistics of visits. docs/roles.md describes it in words.

Every user of the admin sees the statistics on the dashboard.
"""

from importlib import import_module

from django.db import migrations

roles = import_module("home.migrations.0004_roles")

GROUPS = ["Editors", "Moderators", roles.ADMINISTRATORS]
RIGHT = "visitors.view_visitorhour"


def add_right(apps, schema_editor):
    """Give the permission to each group."""
    roles.ensure_permissions(apps)
    right = roles.permission(apps, RIGHT)
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.add(right)


def remove_right(apps, schema_editor):
    """Remove the permission from each group."""
    right = roles.permission(apps, RIGHT)
    for group in apps.get_model("auth.Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(right)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_body_text"),
        ("visitors", "0002_statistics"),
    ]

    operations = [migrations.RunPython(add_right, remove_right)]
