"""The permissions on the glossary. docs/roles.md describes them in words."""

from importlib import import_module

from django.db import migrations

roles = import_module("home.migrations.0004_roles")

# For each group: its permissions on the terms.
RIGHTS = {
    "Moderators": ["add", "change", "delete", "view"],
    roles.TRANSLATORS: ["view"],
    roles.ADMINISTRATORS: ["add", "change", "delete", "view"],
}


def add_rights(apps, schema_editor):
    """Give the permissions to each group."""
    roles.ensure_permissions(apps)
    for name, actions in RIGHTS.items():
        group = apps.get_model("auth.Group").objects.filter(name=name).first()
        # A group may have been renamed or removed in the admin.
        if group is not None:
            for action in actions:
                group.permissions.add(roles.permission(apps, f"translation.{action}_glossaryterm"))


def remove_rights(apps, schema_editor):
    """Remove the permissions from each group."""
    for group in apps.get_model("auth.Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(
            *group.permissions.filter(
                content_type__app_label="translation", codename__endswith="_glossaryterm"
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0009_right_to_statistics"),
        ("translation", "0002_glossary"),
    ]

    operations = [migrations.RunPython(add_rights, remove_rights)]
