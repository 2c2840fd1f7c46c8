"""Slugs that translators write."""

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail_localize.models import StringTranslation

from cms.text import slug_from


@receiver(pre_save, sender=StringTranslation)
def slug_in_plain_letters(sender, instance, **kwargs):
    """Spell a translated slug as everywhere; wagtail-localize would drop the letter đ."""
    if instance.context.path == "slug":
        instance.data = slug_from(instance.data)
