"""The permissions of each group. docs/roles.md describes them in words.

Wagtail creates Editors and Moderators with permissions on the whole tree. Here editors write in the
Vietnamese tree only, and groups of translators and administrators are added.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

TRANSLATORS = "Translators (English)"
ADMINISTRATORS = "Administrators"

EVERY_PAGE_RIGHT = ["add", "bulk_delete", "change", "lock", "publish", "unlock"]

# For each group: the home page below which it works (None: everywhere), and its permissions there.
PAGE_RIGHTS = {
    "Editors": ("home", ["add", "change"]),
    "Moderators": (None, ["add", "change", "lock", "publish", "unlock"]),
    TRANSLATORS: ("home-en", ["change"]),
    ADMINISTRATORS: (None, EVERY_PAGE_RIGHT),
}

# Permissions on the collections and pictures of the library. No group has any on documents yet.
LIBRARY_RIGHTS = {
    "Editors": ["wagtailimages.add_image", "wagtailimages.choose_image"],
    "Moderators": [
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
    ],
    TRANSLATORS: ["wagtailimages.choose_image"],
    ADMINISTRATORS: [
        "wagtailcore.add_collection",
        "wagtailcore.change_collection",
        "wagtailcore.delete_collection",
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtailimages.delete_image",
    ],
}

MODEL_RIGHTS = {
    "Editors": ["wagtailadmin.access_admin"],
    "Moderators": [
        "wagtailadmin.access_admin",
        "cms.change_siteframe",
        "visitors.add_visitorcounter",
        "visitors.change_visitorcounter",
        "wagtail_localize.submit_translation",
    ],
    TRANSLATORS: ["wagtailadmin.access_admin"],
}

# Models on which administrators have all permissions.
ADMINISTERED = {
    "auth": ["group", "user"],
    "cms": ["siteframe"],
    "visitors": ["visitorcounter"],
    "wagtailcore": ["groupapprovaltask", "locale", "site", "task", "workflow"],
    "wagtailredirects": ["redirect"],
}


def create_roles(apps, schema_editor):
    """Set the permissions of each group, and replace those that Wagtail gave."""
    ensure_permissions(apps)
    Group = apps.get_model("auth.Group")
    for name in PAGE_RIGHTS:
        group = Group.objects.get_or_create(name=name)[0]
        set_page_rights(apps, group, *PAGE_RIGHTS[name])
        set_library_rights(apps, group, LIBRARY_RIGHTS[name])
        group.permissions.set(model_permissions(apps, name))


def ensure_permissions(apps):
    """Create the permission rows, because Django itself creates them only after all migrations."""
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0)
        app_config.models_module = None


def set_page_rights(apps, group, slug, codenames):
    """Give `group` page permissions on the home page with `slug`, or on the root."""
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    pages = apps.get_model("wagtailcore.Page").objects
    page = pages.get(depth=2, slug=slug) if slug else pages.get(depth=1)
    GroupPagePermission.objects.filter(group=group).delete()
    for codename in codenames:
        GroupPagePermission.objects.create(
            group=group,
            page=page,
            permission=permission(apps, f"wagtailcore.{codename}_page"),
        )


def set_library_rights(apps, group, names):
    """Give `group` permissions on all collections."""
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    GroupCollectionPermission.objects.filter(group=group).delete()
    for name in names:
        GroupCollectionPermission.objects.create(
            group=group, collection=root, permission=permission(apps, name)
        )


def model_permissions(apps, group_name):
    """Return the model permissions of a group."""
    if group_name != ADMINISTRATORS:
        return [permission(apps, name) for name in MODEL_RIGHTS[group_name]]
    found = [permission(apps, name) for name in MODEL_RIGHTS["Moderators"]]
    for app_label, models in ADMINISTERED.items():
        for model in models:
            for action in ("add", "change", "delete", "view"):
                found.append(permission(apps, f"{app_label}.{action}_{model}"))
    return found


def permission(apps, name):
    """Return the permission with a name like `wagtailadmin.access_admin`."""
    app_label, codename = name.split(".")
    return apps.get_model("auth.Permission").objects.get(
        content_type__app_label=app_label, codename=codename
    )


WAGTAILS_PAGE_RIGHTS = {
    "Editors": ["add", "change"],
    "Moderators": ["add", "change", "lock", "publish", "unlock"],
}

WAGTAILS_LIBRARY_RIGHTS = [
    f"{library}.{action}_{item}"
    for library, item in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for action in ("add", "change", "choose")
]


def restore_roles(apps, schema_editor):
    """Restore Wagtail's permissions of Editors and Moderators, and delete the other groups."""
    Group = apps.get_model("auth.Group")
    Group.objects.filter(name__in=[TRANSLATORS, ADMINISTRATORS]).delete()
    for name, codenames in WAGTAILS_PAGE_RIGHTS.items():
        group = Group.objects.get(name=name)
        set_page_rights(apps, group, None, codenames)
        set_library_rights(apps, group, WAGTAILS_LIBRARY_RIGHTS)
        group.permissions.set(
            permission(apps, permission_name)
            for permission_name in (
                "wagtailadmin.access_admin",
                "wagtail_localize.submit_translation",
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_first_frames"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(create_roles, restore_roles)]
