"""What becomes of an address when its page is published, withdrawn, renamed, moved or deleted."""

from copy import copy

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.addresses.redirects import create_redirect, delete_redirects_from, path_of
from cms.models import GoneAddress
from cms.restrictions import restrictions_on


@receiver(page_published)
def delete_redirects_of_published_page(sender, instance, **kwargs):
    """Drop the redirect that an editor chose when the page was withdrawn.

    Wagtail says "published" too of what is scheduled and not yet live.
    """
    if instance.live and (path := path_of(instance)):
        delete_redirects_from(path)


@receiver(page_unpublished)
def set_first_published_at(sender, instance, **kwargs):
    """Keep a withdrawn page from passing for a draft that nobody has read.

    One that was made live by a program, and not published, has no date of its publication.
    """
    if instance.first_published_at is None:
        instance.first_published_at = timezone.now()
        Page.objects.filter(pk=instance.pk).update(first_published_at=instance.first_published_at)


@receiver(page_slug_changed)
def redirect_renamed_page(sender, instance, instance_before, **kwargs):
    """Lead from the former address of a renamed page, and of all below it."""
    create_redirect(instance_before, instance)


@receiver(post_page_move)
def redirect_moved_page(sender, instance, url_path_before, url_path_after, **kwargs):
    """Lead from the former address of a moved page, and of all below it."""
    if url_path_before != url_path_after:
        former = copy(instance.specific)
        former.url_path = url_path_before
        create_redirect(former, instance)


@receiver(pre_delete, sender=Page)
def remember_deleted_page(sender, instance, **kwargs):
    """Keep the addresses of a page that was public, former ones included: they answer 410."""
    if instance.first_published_at and not restrictions_on(instance).exists():
        GoneAddress.remember(instance.get_full_url() or "")
        for redirect in Redirect.objects.filter(redirect_page=instance):
            GoneAddress.remember(f"{redirect.old_path}/")
