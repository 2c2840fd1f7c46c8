"""Set-up of a language that an administrator adds under Settings, Locales."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, Site
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization

from cms.models import SiteFrame
from cms.translation import drafts, localize
from cms.visitors.models import VisitorCounter

# The language whose translators' group has the permissions that all translators' groups get.
REFERENCE_LANGUAGE_CODE = "en"


@receiver(post_save, sender=Locale)
def set_up_added_language(
    sender: type[Locale], instance: Locale, created: bool, raw: bool, **kwargs: Any
) -> None:
    """Set up a language that was added.

    Migrations have their own historical models, so they do not call this handler. They do the whole
    set-up themselves.
    """
    if created and not raw:
        set_up_language(instance)


@receiver(post_save, sender=VisitorCounter)
def create_counter_translations(
    sender: type[VisitorCounter], instance: VisitorCounter, created: bool, raw: bool, **kwargs: Any
) -> None:
    """Create the translations of a new counter in all other languages.

    A counter has no drafts that could be translated.
    """
    if created and not raw:
        for locale in Locale.objects.exclude(pk=instance.locale_id):
            make_counter(instance, locale)


@receiver(post_delete, sender=Locale)
def delete_translator_group(sender: type[Locale], instance: Locale, **kwargs: Any) -> None:
    """Delete the translators' group of a deleted language, unless the group has members."""
    Group.objects.filter(name=translator_group_name(instance.language_code), user=None).delete()


def set_up_language(locale: Locale) -> None:
    """Create a home page to translate, a frame, a counter and a group of translators, if missing.

    None of these shows Vietnamese text to readers. Objects that editors made stay unchanged.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.locale_id == locale.pk:
        return
    original = site.root_page.specific
    home = original.get_translation_or_none(locale) or submit_home(original, locale)
    make_frame(locale, original.locale)
    create_translator_group(locale, home)


def submit_home(original: Page, locale: Locale) -> Page:
    """Submit the home page for translation, and return its translation, which is a draft."""
    translation = localize.start(original, locale, user=None)
    # No URL shows this slug, so it is generated.
    slug = next(each for each in localize.segments(translation) if each.path == "slug")
    html = f"{original.slug}-{locale.language_code}"
    localize.save_string(translation, slug, html, user=None)
    drafts.save_draft(translation, user=None)
    return localize.target_of(translation)


def make_frame(locale: Locale, original_locale: Locale) -> None:
    """Create the frame and its counter, which have no drafts.

    They contain the software's own texts in the language, or in English if a text has no
    translation. Moderators enter the names and the address of the department.
    """
    frame = SiteFrame.objects.filter(locale=original_locale).first()
    if frame is None or SiteFrame.objects.filter(locale=locale).exists():
        return
    with override(locale.language_code):
        translation = SiteFrame(
            locale=locale,
            translation_key=frame.translation_key,
            site_name=_("News portal"),
            email=frame.email,
        )
    if frame.visitor_counter:
        translation.visitor_counter = make_counter(frame.visitor_counter, locale)
    translation.save()


def make_counter(counter: VisitorCounter, locale: Locale) -> VisitorCounter:
    """Return the translation of `counter`, with the same figures; create it if it is missing."""
    translation = counter.get_translation_or_none(locale)
    if translation is None:
        translation = counter.copy_for_translation(locale)
        with override(locale.language_code):
            translation.wording = _("{count} people online")
            translation.wording_one = _("{count} person online")
        translation.save()
    return translation


def create_translator_group(locale: Locale, home: Page) -> None:
    """Create the translators' group of `locale`.

    It gets the permissions of the English group, but its page permissions are on the pages of its
    own language.
    """
    reference_name = translator_group_name(REFERENCE_LANGUAGE_CODE)
    reference_group = Group.objects.filter(name=reference_name).first()
    group, created = Group.objects.get_or_create(name=translator_group_name(locale.language_code))
    if reference_group is None or not created:
        return
    group.permissions.set(reference_group.permissions.all())
    below_home = GroupPagePermission.objects.filter(
        group=reference_group, page__translation_key=home.translation_key
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=home.pk, permission_id=given.permission_id)
        for given in below_home
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group, collection_id=given.collection_id, permission_id=given.permission_id
        )
        for given in GroupCollectionPermission.objects.filter(group=reference_group)
    )


def translator_group_name(code: str) -> str:
    """Return the name of the group that translates into the language with `code`."""
    return f"Translators ({get_language_info(code)['name']})"


def hide_locale_synchronization() -> None:
    """Remove "sync from" from the form of a language.

    It would copy Vietnamese pages into the language as live pages.
    """
    components = get_locale_components()
    components[:] = [
        component for component in components if component["model"] is not LocaleSynchronization
    ]
