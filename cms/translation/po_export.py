"""The export of translations as a PO file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from cms.translation import localize, po_format
from cms.translation.models import State
from cms.translation.rights import visible_rows

# A file gets no more articles once it has more characters than this.
#
# Vietnamese in UTF-8 may take two bytes per letter. The translation may take as many bytes as the
# source. With this limit, a file that was exported can always be imported.
MAX_FILE_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class ExportFile:
    """The text of a PO file, and the number of articles that did not fit."""

    text: str
    left_out_count: int


def export_file(translations: Sequence[localize.Translation]) -> ExportFile:
    """Return the `ExportFile` of translations into one language, as many as fit."""
    made_at = timezone.now()
    exported: list[po_format.ExportedTranslation] = []
    size = 0
    for translation in translations:
        if size > MAX_FILE_CHARACTERS:
            break
        exported.append(exported_translation(translation))
        size += sum(
            len(s.source_text) + len(s.initial_text) + po_format.ENTRY_CHARACTERS
            for s in exported[-1].segments
        )
    language = translations[0].target_locale.language_code
    text = str(po_format.make_file(exported, language, made_at)) + "\n"
    return ExportFile(text=text, left_out_count=len(translations) - len(exported))


def exported_translation(translation: localize.Translation) -> po_format.ExportedTranslation:
    """Return the `po_format.ExportedTranslation` of a translation."""
    return po_format.ExportedTranslation(
        uuid=translation.uuid,
        title=localize.original_of(translation).title,
        address=settings.WAGTAILADMIN_BASE_URL
        + reverse("translations:edit", args=[translation.pk]),
        segments=localize.segments(translation),
    )


def exportable_translations(
    user: User | AnonymousUser, locale: Locale, section: Page | None = None, state: str = ""
) -> list[localize.Translation]:
    """Return the translations into `locale` that `user` may export, the most urgent first.

    `section`, an original, limits them to that page and all pages below it. `state` limits them to
    one `State`. Translations in review are never included, because they could not be imported
    again.
    """
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    keys = mine.filter(locale=locale, locked=False).values("translation_key")
    rows = (
        visible_rows(user)
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
