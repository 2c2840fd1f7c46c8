"""Translations of counters that exist in some languages only."""

from django.db import migrations

# The initial texts of a language; `None` has the English ones, for all other languages.
STANDARD = {
    "vi": {"wording": "{count} người đang online", "wording_one": ""},
    None: {"wording": "{count} people online", "wording_one": "{count} person online"},
}


def make_twins(apps, schema_editor):
    """Create the missing translations of each counter, with the same figures."""
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
