"""What follows when pages are published, withdrawn and deleted."""

from copy import copy

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, post_page_move

from cms.models import GoneAddress
from cms.redirects import forget, leave_redirect, path_of


@receiver(page_published)
def serve_again(sender, instance, **kwargs):
    """Drop the redirect that an editor chose when the page was withdrawn.

    Wagtail says "published" too of what is scheduled and not yet live.
    """
    if instance.live and (path := path_of(instance)):
        forget(path)


@receiver(page_slug_changed)
def redirect_renamed_page(sender, instance, instance_before, **kwargs):
    """Lead from the former address of a renamed page, and of all below it."""
    leave_redirect(instance_before, instance)


@receiver(post_page_move)
def redirect_moved_page(sender, instance, url_path_before, url_path_after, **kwargs):
    """Lead from the former address of a moved page, and of all below it."""
    if url_path_before != url_path_after:
        former = copy(instance.specific)
        former.url_path = url_path_before
        leave_redirect(former, instance)


@receiver(pre_delete, sender=Page)
def remember_deleted_page(sender, instance, **kwargs):
    """Keep the addresses of a page that was public, former ones included: they answer 410."""
    if instance.first_published_at and not instance.get_view_restrictions().exists():
        GoneAddress.remember(instance.get_full_url() or "")
        for redirect in Redirect.objects.filter(redirect_page=instance):
            GoneAddress.remember(f"{redirect.old_path}/")
