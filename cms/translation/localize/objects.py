"""The objects that stand for a translation, its source and its pages."""

import json

from django.conf import settings
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object


def translation_of(page):
    """Return the `Translation` that keeps `page` in step with its original, else `None`."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        )
        .select_related("source", "source__locale", "target_locale")
        .first()
    )


def any_translation(page, locale):
    """Return the `Translation` of `page` into `locale`, kept in step or stopped, else `None`."""
    return (
        Translation.objects.filter(source__object_id=page.translation_key, target_locale=locale)
        .select_related("source", "target_locale")
        .first()
    )


def is_translation(page):
    """Say whether `page` was made from another, kept in step with it or not."""
    return any_translation(page, page.locale_id) is not None


def enabled_translations(source):
    """Return the `Translation`s of a source that are kept in step."""
    return source.translations.filter(enabled=True).select_related("target_locale")


def translations_by_uuid(uuids):
    """Return by their `uuid` the translations that go on."""
    found = Translation.objects.filter(uuid__in=list(uuids), enabled=True)
    return {each.uuid: each for each in found.select_related("source__locale", "target_locale")}


def enabled_page_translation(translation_id):
    """Return the `Translation` of a page with this id that goes on, else `None`."""
    translation = (
        Translation.objects.filter(pk=translation_id, enabled=True)
        .select_related("source", "source__locale", "source__specific_content_type")
        .select_related("target_locale")
        .first()
    )
    model = translation and translation.source.specific_content_type.model_class()
    return translation if model and issubclass(model, Page) else None


def source_of(page):
    """Return the `TranslationSource` that was made of `page`, else `None`."""
    return TranslationSource.objects.get_for_instance_or_none(page)


def original_language(page):
    """Return the code of the language in which the original of `page` is, or `page` itself."""
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    return source.locale.language_code if source else settings.LANGUAGE_CODE


def original_of(translation):
    """Return the page that is translated, the specific one."""
    return translation.source.get_source_instance()


def target_of(translation):
    """Return the page that it is translated into, the specific one, as the database has it."""
    return translation.get_target_instance()


@transaction.atomic
def start(page, locale, user):
    """Make a draft of `page` in `locale` and return its `Translation`; what it refers to comes too.

    The page above must be there in that language already.
    """
    translate_object(page, [locale], user=user)
    return any_translation(page, locale)


def refresh(source):
    """Take the texts of the page as it is now into its source; say whether anything changed."""
    before = source.content_json
    source.update_from_db()
    return json.loads(before) != json.loads(source.content_json)


def set_enabled(translation, enabled):
    """Keep the page in step with its original from now on, or no longer."""
    translation.enabled = enabled
    translation.save(update_fields=["enabled"])


def lock(translation):
    """Let nobody else write into the translation before the end of the transaction."""
    Translation.objects.select_for_update().get(pk=translation.pk)


def is_complete(translation):
    """Say whether every segment has a translation that can be published; of pages and snippets."""
    missing = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return not missing.filter(translation__isnull=True).exists()


def disable_restriction_sync():
    """Keep wagtail-localize from copying restrictions onto translations, and from removing theirs.

    A translation is private with its original at once and without a copy (cms.restrictions);
    one that is set on it is its own.
    """
    TranslationSource.sync_view_restrictions = lambda source, original, translation: None
