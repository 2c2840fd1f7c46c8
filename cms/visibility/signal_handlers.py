"""Signal handlers that preserve the privacy of pages when a page is translated or deleted."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from cms.restrictions import (
    add_missing_restrictions,
    delete_redundant_restrictions,
    derived_pages,
    restrictions_on,
    terms_of,
)


@receiver(pre_delete, sender=Page)
def collect_restrictions_of_derived_pages(
    sender: type[Page], instance: Page, **kwargs: Any
) -> None:
    """Collect the restrictions on a page before its deletion, and its translations and aliases."""
    terms = terms_of(restrictions_on(instance))
    pages = list(derived_pages(instance).values_list("pk", flat=True)) if terms else []
    instance.derived_pages_to_restrict = (pages, terms)


@receiver(post_delete, sender=Page)
def restrict_derived_pages(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Add to these pages the restrictions that no longer apply to them after the deletion.

    This happens in the same transaction as the deletion.
    """
    pages, terms = instance.derived_pages_to_restrict
    for page in Page.objects.filter(pk__in=pages).order_by("path") if pages else ():
        add_missing_restrictions(page, terms)


@receiver(copy_for_translation_done)
def delete_redundant_restrictions_of_translation(
    sender: type[Model], target_obj: Model, **kwargs: Any
) -> None:
    """Delete redundant copied restrictions from a new translation.

    The restrictions of its original apply to it anyway. A copy would outlive them.
    """
    if isinstance(target_obj, Page):
        delete_redundant_restrictions(target_obj)
