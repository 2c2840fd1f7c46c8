"""The permissions on documents and topics. docs/roles.md describes them in words."""

from importlib import import_module

from django.db import migrations

roles = import_module("home.migrations.0004_roles")

# For each group: its permissions on the documents of the library.
LIBRARY_RIGHTS = {
    "Editors": ["add", "choose"],
    "Moderators": ["add", "change", "choose"],
    roles.TRANSLATORS: ["choose"],
    roles.ADMINISTRATORS: ["add", "change", "choose", "delete"],
}

# For each group: its permissions on topics. Choosing a topic for an article needs none of these.
TOPIC_RIGHTS = {
    "Moderators": ["add", "change", "publish", "view"],
    roles.ADMINISTRATORS: ["add", "change", "delete", "publish", "view"],
}


def add_rights(apps, schema_editor):
    """Give the permissions to each group."""
    roles.ensure_permissions(apps)
    # Wagtail creates this permission only after all migrations.
    Permission = apps.get_model("auth.Permission")
    Permission.objects.get_or_create(
        content_type=roles.permission(apps, "news.add_topic").content_type,
        codename="publish_topic",
        defaults={"name": "Can publish topic"},
    )
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for name, actions in LIBRARY_RIGHTS.items():
        group = apps.get_model("auth.Group").objects.get(name=name)
        for action in actions:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=collection,
                permission=roles.permission(apps, f"wagtaildocs.{action}_document"),
            )
    for name, actions in TOPIC_RIGHTS.items():
        group = apps.get_model("auth.Group").objects.get(name=name)
        for action in actions:
            group.permissions.add(roles.permission(apps, f"news.{action}_topic"))


def remove_rights(apps, schema_editor):
    """Remove the permissions from each group."""
    names = list(LIBRARY_RIGHTS)
    apps.get_model("wagtailcore.GroupCollectionPermission").objects.filter(
        group__name__in=names, permission__content_type__app_label="wagtaildocs"
    ).delete()
    for name in TOPIC_RIGHTS:
        group = apps.get_model("auth.Group").objects.get(name=name)
        group.permissions.remove(
            *group.permissions.filter(content_type__app_label="news", codename__endswith="_topic")
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_more_blocks"),
        ("news", "0002_topics"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(add_rights, remove_rights)]
