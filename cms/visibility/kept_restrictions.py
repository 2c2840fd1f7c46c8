"""Receivers that keep pages as private as they were when a page is translated or deleted."""

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from cms.restrictions import (
    drop_copied_restrictions,
    keep_restrictions,
    made_of,
    restrictions_on,
    terms_of,
)


@receiver(pre_delete, sender=Page)
def note_what_stays_private(sender, instance, **kwargs):
    """Note what bears on the translations and aliases of a page that is going to be deleted."""
    terms = terms_of(restrictions_on(instance))
    pages = list(made_of(instance).values_list("pk", flat=True)) if terms else []
    instance.leaves_private = (pages, terms)


@receiver(post_delete, sender=Page)
def keep_private_what_was_made_of_it(sender, instance, **kwargs):
    """Give these pages as their own what no longer bears on them, in the same transaction."""
    pages, terms = instance.leaves_private
    for page in Page.objects.filter(pk__in=pages).order_by("path") if pages else ():
        keep_restrictions(page, terms)


@receiver(copy_for_translation_done)
def forget_restrictions_of_translation(sender, target_obj, **kwargs):
    """Leave a new translation with what its original has, for as long as it has it."""
    if isinstance(target_obj, Page):
        drop_copied_restrictions(target_obj)
