"""A counter that was made in one language alone is worded in the others too."""

from django.db import migrations

# The words that a language begins with, those of English where it has none.
STANDARD = {
    "vi": {"wording": "{count} người đang online", "wording_one": ""},
    None: {"wording": "{count} people online", "wording_one": "{count} person online"},
}


def make_twins(apps, schema_editor):
    """Make what is missing, with the same figures."""
    Locale = apps.get_model("wagtailcore.Locale")
    VisitorCounter = apps.get_model("visitors.VisitorCounter")
    for locale in Locale.objects.all():
        worded = set(
            VisitorCounter.objects.filter(locale=locale).values_list("translation_key", flat=True)
        )
        for counter in VisitorCounter.objects.order_by("pk"):
            if counter.translation_key in worded:
                continue
            worded.add(counter.translation_key)
            counter.pk, counter.locale = None, locale
            for name, words in STANDARD.get(locale.language_code, STANDARD[None]).items():
                setattr(counter, name, words)
            counter.save()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0011_language_of_quotes"),
        ("visitors", "0003_count_state"),
    ]

    operations = [migrations.RunPython(make_twins, migrations.RunPython.noop)]
