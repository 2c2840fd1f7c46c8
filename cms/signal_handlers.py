"""What follows when pages are published, withdrawn and deleted."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.models import GoneAddress
from cms.redirects import forget, path_of


@receiver(page_published)
def serve_again(sender, instance, **kwargs):
    """Drop the redirect that an editor chose when the page was withdrawn."""
    if path := path_of(instance):
        forget(path)


@receiver(pre_delete, sender=Page)
def remember_deleted_page(sender, instance, **kwargs):
    """Keep the address of a page that was public, so that it answers 410."""
    if instance.first_published_at and not instance.get_view_restrictions().exists():
        GoneAddress.remember(instance.get_full_url() or "")
