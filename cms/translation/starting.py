"""The first step into a language: a draft in its place of the tree, and never a live page."""

from django.db import transaction
from wagtail.models import Locale, Page

from cms.translation import localize


def translated_parent_of(page, locale):
    """Return the page below which the translation of `page` stands, `None` where it is missing.

    A home page stands below the root in every language.
    """
    above = page.get_parent()
    return above if above.is_root() else above.get_translations().filter(locale=locale).first()


def first_missing_above(page, locale):
    """Return the topmost of the pages above `page` that is not translated, else `None`."""
    above = page.get_ancestors().filter(depth__gt=1)
    there = Page.objects.filter(locale=locale).values("translation_key")
    return above.exclude(translation_key__in=there).first()


@transaction.atomic
def start_translation(row, user):
    """Return the page that translates the page of `row`, begun as a draft where there is none.

    A page that is there is left as it is: wagtail-localize would write Vietnamese over its texts.
    """
    # Clicks at the same moment wait for each other here: the second finds what the first made.
    locale = Locale.objects.select_for_update(no_key=True).get(pk=row.locale_id)
    translated_page = translated_page_of(row)
    if translated_page is None:
        localize.start(row.source_page.specific, locale, user)
        translated_page = translated_page_of(row)
    return translated_page


def translated_page_of(row):
    """Return the page that translates the page of `row`, else `None`."""
    return row.source_page.get_translations().filter(locale=row.locale_id).first()
