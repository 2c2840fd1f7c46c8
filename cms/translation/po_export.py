"""Translations leave the desk as a PO file."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import page_permission_policy

from cms.translation import localize, po_format
from cms.translation.models import State
from cms.translation.rights import known_rows

# No further article joins a file of this size.
#
# Vietnamese in UTF-8 may take two bytes a letter, and the translation as much again: a file that
# was taken out can always be brought back.
MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Outgoing:
    """The text of a PO file, and how many articles had no room in it."""

    text: str
    left: int


def file_of(translations):
    """Return the `Outgoing` file of translations into one language, as many of them as fit."""
    made_at = timezone.now()
    articles, size = [], 0
    for translation in translations:
        if size > MOST_CHARACTERS:
            break
        articles.append(article_of(translation))
        size += sum(
            len(s.source_text) + len(s.offer) + po_format.ENTRY_CHARACTERS
            for s in articles[-1].segments
        )
    language = translations[0].target_locale.language_code
    text = str(po_format.make(articles, language, made_at)) + "\n"
    return Outgoing(text=text, left=len(translations) - len(articles))


def article_of(translation):
    """Return the `po_format.Article` of a translation."""
    return po_format.Article(
        uuid=translation.uuid,
        title=localize.original_of(translation).title,
        address=settings.WAGTAILADMIN_BASE_URL
        + reverse("translations:edit", args=[translation.pk]),
        segments=localize.segments(translation),
    )


def waiting(user, locale, section=None, state=""):
    """Return the translations into `locale` that `user` may take out, the most urgent first.

    That is of every page or of `section`, an original, and what is below it; in a `State` or in
    any but review, from which nothing could be taken back in.
    """
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    keys = mine.filter(locale=locale, locked=False).values("translation_key")
    rows = (
        known_rows(user)
        .filter(locale=locale, translation__enabled=True, source_page__translation_key__in=keys)
        .exclude(state=State.REVIEW)
        .select_related("translation__source__locale", "translation__target_locale")
        .by_urgency()
    )
    if section is not None:
        rows = rows.of_pages_below(section)
    if state:
        rows = rows.filter(state=state)
    return [row.translation for row in rows]
