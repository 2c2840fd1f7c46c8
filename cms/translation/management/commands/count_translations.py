"""`manage.py count_translations`: counts the rows of the translators' board again."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Locale

from cms.translation import progress
from cms.translation.models import PageTranslation


class Command(BaseCommand):
    help = (
        "Counts anew how far each page is in each language, as the board of translations shows it, "
        "and lists what is missing there. Changes no page; may be run at any time, and again."
    )

    def handle(self, **options: Any) -> None:
        """Create the missing rows, then count every row."""
        for locale in Locale.objects.all():
            progress.list_originals(locale)
        rows = PageTranslation.objects.select_related("source_page", "locale")
        for row in rows.order_by("pk").iterator():
            progress.count(row)
        self.stdout.write(f"Translations counted: {PageTranslation.objects.count()}.")
