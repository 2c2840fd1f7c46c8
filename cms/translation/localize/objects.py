"""The objects of wagtail-localize that represent a translation, its source and its pages."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object


def translation_of(page: TranslatableMixin) -> Translation | None:
    """Return the enabled `Translation` whose translated page is `page`, else `None`."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        .select_related("source", "source__locale", "target_locale")
        .first()
    )


def any_translation(page: Page, locale: Locale | int) -> Translation | None:
    """Return the `Translation` of `page` into `locale`, enabled or stopped, else `None`."""
    return (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=locale)
        .select_related("source", "target_locale")
        .first()
    )


def is_translation(page: Page) -> bool:
    """Return whether `page` was made from another page, synchronised with it or not."""
    return any_translation(page, page.locale_id) is not None


def enabled_translations(source: TranslationSource) -> QuerySet[Translation]:
    """Return the enabled `Translation`s of a source."""
    return source.translations.filter(enabled=True).select_related("target_locale")


def translations_by_uuid(uuids: Iterable[UUID]) -> dict[UUID, Translation]:
    """Return the enabled translations with these `uuids`, by their UUID."""
    found = Translation.objects.filter(uuid__in=list(uuids), enabled=True)
    return {each.uuid: each for each in found.select_related("source__locale", "target_locale")}


def enabled_page_translation(translation_id: int) -> Translation | None:
    """Return the enabled `Translation` with this id if it is of a page, else `None`."""
    translation = (
        Translation.objects.filter(pk=translation_id, enabled=True)
        .select_related("source", "source__locale", "source__specific_content_type")
        .select_related("target_locale")
        .first()
    )
    model = translation and translation.source.specific_content_type.model_class()
    return translation if model and issubclass(model, Page) else None


def source_of(page: Page) -> TranslationSource | None:
    """Return the `TranslationSource` that was made from `page`, else `None`."""
    return TranslationSource.objects.get_for_instance_or_none(page)


def original_language(page: Page) -> str:
    """Return the language code of the original of `page`, which may be `page` itself.

    If wagtail-localize has no source for the page, return the site's default language.
    """
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    return source.locale.language_code if source else settings.LANGUAGE_CODE


def original_of(translation: Translation) -> Page:
    """Return the original page of a translation, as its specific type."""
    return translation.source.get_source_instance()


def target_of(translation: Translation) -> Page:
    """Return the translated page from the database, as its specific type."""
    return translation.get_target_instance()


@transaction.atomic
def start(page: Page, locale: Locale, user: User | None) -> Translation:
    """Create a draft of `page` in `locale` and return its `Translation`.

    This also creates translations of the objects that the page refers to. The parent page must
    exist in that language already.
    """
    translate_object(page, [locale], user=user)
    return any_translation(page, locale)


def refresh(source: TranslationSource) -> bool:
    """Update the source with the page's current texts; return whether anything changed."""
    before = source.content_json
    source.update_from_db()
    return json.loads(before) != json.loads(source.content_json)


def set_enabled(translation: Translation, enabled: bool) -> None:
    """Start or stop the synchronisation of the translated page with its original."""
    translation.enabled = enabled
    translation.save(update_fields=["enabled"])


def lock(translation: Translation) -> None:
    """Prevent other writes to the translation until the end of the transaction."""
    Translation.objects.select_for_update().get(pk=translation.pk)


def is_complete(translation: Translation) -> bool:
    """Return whether every segment has a translation that can be published.

    This works for pages and snippets.
    """
    missing = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return not missing.filter(translation__isnull=True).exists()


def disable_restriction_sync() -> None:
    """Stop wagtail-localize from changing restrictions on translations.

    It would copy restrictions of the original to a translation, and remove those of the
    translation.

    A translation of a private original is private at once and without a copy (cms.restrictions). A
    restriction that is set on a translation belongs to that translation alone.
    """
    TranslationSource.sync_view_restrictions = lambda source, original, translation: None
