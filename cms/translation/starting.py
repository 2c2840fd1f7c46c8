"""The start of a translation: a draft at its location in the tree, never a live page."""

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Locale, Page

from cms.translation import localize
from cms.translation.models import PageTranslation


def translated_parent_of(page: Page, locale: Locale) -> Page | None:
    """Return the parent of the translation of `page`, `None` if it does not exist.

    The parent of a home page is the root in every language.
    """
    above = page.get_parent()
    return above if above.is_root() else above.get_translations().filter(locale=locale).first()


def first_missing_above(page: Page, locale: Locale) -> Page | None:
    """Return the topmost page above `page` that is not translated, else `None`."""
    above = page.get_ancestors().filter(depth__gt=1)
    there = Page.objects.filter(locale=locale).values("translation_key")
    return above.exclude(translation_key__in=there).first()


@transaction.atomic
def start_translation(row: PageTranslation, user: User) -> Page:
    """Return the translated page of `row`; create it as a draft if there is none.

    An existing page is not changed, because wagtail-localize would overwrite its texts with
    Vietnamese text.
    """
    # The lock makes simultaneous requests wait: the second finds the page that the first made.
    locale = Locale.objects.select_for_update(no_key=True).get(pk=row.locale_id)
    translated_page = translated_page_of(row)
    if translated_page is None:
        localize.start(row.source_page.specific, locale, user)
        translated_page = translated_page_of(row)
    return translated_page


def translated_page_of(row: PageTranslation) -> Page | None:
    """Return the translated page of `row`, else `None`."""
    return row.source_page.get_translations().filter(locale=row.locale_id).first()
