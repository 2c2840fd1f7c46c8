"""What a language needs when an administrator adds it under Settings, Locales."""

from django.contrib.auth.models import Group
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Site
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization

from cms.models import SiteFrame
from cms.translation import drafts, localize
from cms.visitors.models import VisitorCounter

# The language whose translators have the rights that all translators get.
PATTERN = "en"


@receiver(post_save, sender=Locale)
def prepare_new_language(sender, instance, created, raw, **kwargs):
    """Prepare a language that was added; migrations, which have models of their own, do it all."""
    if created and not raw:
        prepare(instance)


@receiver(post_save, sender=VisitorCounter)
def word_in_every_language(sender, instance, created, raw, **kwargs):
    """Have a counter that was made in all languages: it has no drafts that could be translated."""
    if created and not raw:
        for locale in Locale.objects.exclude(pk=instance.locale_id):
            make_counter(instance, locale)


@receiver(post_delete, sender=Locale)
def remove_translators(sender, instance, **kwargs):
    """Remove the translators' group of a language that was removed, unless somebody is in it."""
    Group.objects.filter(name=translators_of(instance.language_code), user=None).delete()


def prepare(locale):
    """Make what is missing: a home page to translate, a frame, a counter, a group of translators.

    Nothing of it shows a Vietnamese word to readers. What editors made is left as it is.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.locale_id == locale.pk:
        return
    original = site.root_page.specific
    home = original.get_translation_or_none(locale) or submit_home(original, locale)
    make_frame(locale, original.locale)
    make_translators(locale, home)


def submit_home(original, locale):
    """Submit the home page for translation, and return the draft that is its translation."""
    translation = localize.start(original, locale, user=None)
    # No address shows this slug, so nobody need think of one.
    slug = next(each for each in localize.segments(translation) if each.path == "slug")
    html = f"{original.slug}-{locale.language_code}"
    localize.save_string(translation, slug, html, user=None)
    drafts.save_draft(translation, user=None)
    return localize.target_of(translation)


def make_frame(locale, original_locale):
    """Make the frame and its counter, which have no drafts.

    They say what the software can say by itself in the language, in English where it has no words;
    the names and the address of the department are left to moderators.
    """
    frame = SiteFrame.objects.filter(locale=original_locale).first()
    if frame is None or SiteFrame.objects.filter(locale=locale).exists():
        return
    with override(locale.language_code):
        twin = SiteFrame(
            locale=locale,
            translation_key=frame.translation_key,
            site_name=_("News portal"),
            email=frame.email,
        )
    if frame.visitor_counter:
        twin.visitor_counter = make_counter(frame.visitor_counter, locale)
    twin.save()


def make_counter(counter, locale):
    """Return the twin of `counter`, with the same figures, made if there is none."""
    twin = counter.get_translation_or_none(locale)
    if twin is None:
        twin = counter.copy_for_translation(locale)
        with override(locale.language_code):
            twin.wording = _("{count} people online")
            twin.wording_one = _("{count} person online")
        twin.save()
    return twin


def make_translators(locale, home):
    """Make the translators' group: the rights of the English one, its own language's pages."""
    pattern = Group.objects.filter(name=translators_of(PATTERN)).first()
    group, created = Group.objects.get_or_create(name=translators_of(locale.language_code))
    if pattern is None or not created:
        return
    group.permissions.set(pattern.permissions.all())
    below_home = pattern.page_permissions.filter(page__translation_key=home.translation_key)
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=home.pk, permission_id=given.permission_id)
        for given in below_home
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=group, collection_id=given.collection_id, permission_id=given.permission_id
        )
        for given in pattern.collection_permissions.all()
    )


def translators_of(code):
    """Return the name of the group that translates into the language with `code`."""
    return f"Translators ({get_language_info(code)['name']})"


def offer_no_synchronisation():
    """Take "sync from" out of the form of a language: it copies Vietnamese pages into it, live."""
    components = get_locale_components()
    components[:] = [
        component for component in components if component["model"] is not LocaleSynchronization
    ]
