"""The initial content of a new site: a frame and a counter for each language."""

import uuid

from django.db import migrations

FRAMES = {"vi": "Cổng thông tin điện tử", "en": "News portal"}
COUNTERS = {
    "vi": {"name": "Số người đang online", "wording": "{count} người đang online"},
    "en": {
        "name": "People online",
        "wording": "{count} people online",
        "wording_one": "{count} person online",
    },
}


def create_first_frames(apps, schema_editor):
    """Create the frames, each with the counter of its language in the footer."""
    Locale = apps.get_model("wagtailcore.Locale")
    SiteFrame = apps.get_model("cms.SiteFrame")
    VisitorCounter = apps.get_model("visitors.VisitorCounter")
    frame_key, counter_key = uuid.uuid4(), uuid.uuid4()
    for language, site_name in FRAMES.items():
        locale = Locale.objects.get(language_code=language)
        counter = VisitorCounter.objects.create(
            locale=locale, translation_key=counter_key, **COUNTERS[language]
        )
        SiteFrame.objects.create(
            locale=locale, translation_key=frame_key, site_name=site_name, visitor_counter=counter
        )


def remove_first_frames(apps, schema_editor):
    """Remove all frames and counters."""
    apps.get_model("cms.SiteFrame").objects.all().delete()
    apps.get_model("visitors.VisitorCounter").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_first_pages"),
        ("cms", "0001_initial"),
        ("visitors", "0001_initial"),
    ]

    operations = [migrations.RunPython(create_first_frames, remove_first_frames)]
