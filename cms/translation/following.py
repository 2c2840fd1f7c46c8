"""Translations follow their original when it is withdrawn."""

from django.conf import settings
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_unpublished
from wagtail_localize.models import TranslationSource


def followers(page):
    """Return the live translations of `page`, none where it is a translation itself."""
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    language = source.locale.language_code if source else settings.LANGUAGE_CODE
    if page.locale.language_code != language:
        return Page.objects.none()
    return page.get_translations().live()


@receiver(page_unpublished)
def withdraw_translations(sender, instance, **kwargs):
    """Withdraw the translations as well, whoever or whatever withdrew the original."""
    for twin in followers(instance):
        twin.specific.unpublish()
