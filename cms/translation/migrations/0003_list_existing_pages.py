"""Creates board rows for the pages that existed before the board.

It is not known from which texts a live translation was made. So the current texts of its original
count as approved. `manage.py count_translations` counts everything again, including reviews in
progress.
"""

from collections import defaultdict

from django.conf import settings
from django.db import migrations
from django.utils import timezone

BATCH = 500


def list_pages(apps, schema_editor):
    """Create a row for each published original in each other language."""
    Locale = apps.get_model("wagtailcore.Locale")
    originals = apps.get_model("wagtailcore.Page").objects.filter(
        locale__language_code=settings.LANGUAGE_CODE, live=True, alias_of=None, depth__gt=1
    )
    PageTranslation = apps.get_model("translation.PageTranslation")
    for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE):
        for pages in batches(originals):
            rows = Translations(apps, locale, pages).rows()
            PageTranslation.objects.bulk_create(rows, ignore_conflicts=True)


def batches(pages):
    """Yield the pages in batches."""
    last = 0
    while batch := list(pages.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


class Translations:
    """The existing translations of a batch of pages into one language, by translation key."""

    def __init__(self, apps, locale, pages):
        self.apps, self.locale, self.pages = apps, locale, pages
        self.keys = [page.translation_key for page in pages]
        self.twins = {
            twin.translation_key: twin
            for twin in self.all("wagtailcore.Page").filter(
                locale=locale, alias_of=None, translation_key__in=self.keys
            )
        }
        self.translations = {
            made.source.object_id: made
            for made in self.all("wagtail_localize.Translation")
            .filter(target_locale=locale, source__object_id__in=self.keys)
            .select_related("source")
        }
        self.strings = self.strings_by_source()
        self.kinds = self.kinds_by_string()

    def all(self, model):
        """Return all objects of a model, in its state at this migration."""
        return self.apps.get_model(model).objects.all()

    def strings_by_source(self):
        """Return the contexts and strings of each source, in page order."""
        found = defaultdict(list)
        sources = [made.source_id for made in self.translations.values()]
        segments = self.all("wagtail_localize.StringSegment").filter(source__in=sources)
        columns = ("source", "context", "string")
        for source, *string in segments.order_by("order", "pk").values_list(*columns):
            found[source].append(string)
        return found

    def kinds_by_string(self):
        """Return "manual" or "machine" for each translated context and string."""
        done = self.all("wagtail_localize.StringTranslation").filter(
            locale=self.locale, context__object_id__in=self.keys, has_error=False
        )
        columns = ("context", "translation_of", "translation_type")
        return {tuple(string): kind for *string, kind in done.values_list(*columns)}

    def rows(self):
        """Return a row for each page."""
        return [self.row(page) for page in self.pages]

    def row(self, page):
        """Return the row of a page."""
        twin = self.twins.get(page.translation_key)
        translation = self.translations.get(page.translation_key)
        row = self.apps.get_model("translation.PageTranslation")(
            source_page=page,
            locale=self.locale,
            translation=translation,
            posted_at=page.first_published_at,
            state="missing" if twin is None else "published" if twin.live else "draft",
        )
        row.urgency = {"missing": 1, "draft": 2, "published": 0}[row.state]
        if twin is not None and translation is not None and translation.enabled:
            strings = self.strings[translation.source_id]
            kinds = [self.kinds.get(tuple(string)) for string in strings]
            row.segment_count = len(strings)
            row.translated_count = kinds.count("manual")
            if twin.live:
                row.approved_strings = strings
                row.approved_at = twin.last_published_at or timezone.now()
        return row


class Migration(migrations.Migration):
    dependencies = [("translation", "0002_glossary")]

    operations = [
        # The rows stay when this is reversed: they can be counted again and hold the translators.
        migrations.RunPython(list_pages, migrations.RunPython.noop, elidable=True),
    ]
