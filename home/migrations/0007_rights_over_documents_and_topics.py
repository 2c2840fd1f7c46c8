"""Who may do what with documents and topics. docs/roles.md says the same in words."""

from importlib import import_module

from django.db import migrations

roles = import_module("home.migrations.0004_roles")

# Group: what it may do with the documents of the library.
LIBRARY_RIGHTS = {
    "Editors": ["add", "choose"],
    "Moderators": ["add", "change", "choose"],
    roles.TRANSLATORS: ["choose"],
    roles.ADMINISTRATORS: ["add", "change", "choose", "delete"],
}

# Group: what it may do with topics. Choosing one for an article needs none of these.
TOPIC_RIGHTS = {
    "Moderators": ["add", "change", "publish", "view"],
    roles.ADMINISTRATORS: ["add", "change", "delete", "publish", "view"],
}


def add_rights(apps, schema_editor):
    """Add the rights to each group."""
    roles.ensure_permissions(apps)
    # Wagtail creates this one only after all migrations.
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
    """Take the rights from each group again."""
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
