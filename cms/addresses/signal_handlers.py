"""Signal handlers that keep redirects and 410 addresses correct.

They run when a page is published, unpublished, renamed, moved or deleted.
"""

from copy import copy
from typing import Any

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
def delete_redirects_of_published_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Delete the redirect that an editor chose when the page was unpublished.

    Wagtail also sends `page_published` for a page that is scheduled and not yet live.
    """
    if instance.live and (path := path_of(instance)):
        delete_redirects_from(path)


@receiver(page_unpublished)
def set_first_published_at(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Set the missing date of first publication on a page that is unpublished.

    A program can make a page live without publishing it. Such a page has no date of first
    publication. It would then count as a draft that nobody has read.
    """
    if instance.first_published_at is None:
        instance.first_published_at = timezone.now()
        Page.objects.filter(pk=instance.pk).update(first_published_at=instance.first_published_at)


@receiver(page_slug_changed)
def redirect_renamed_page(
    sender: type[Page], instance: Page, instance_before: Page, **kwargs: Any
) -> None:
    """Redirect from the former address of a renamed page, which also covers all pages below it."""
    create_redirect(instance_before, instance)


@receiver(post_page_move)
def redirect_moved_page(
    sender: type[Page], instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """Redirect from the former address of a moved page, which also covers all pages below it."""
    if url_path_before != url_path_after:
        former = copy(instance.specific)
        former.url_path = url_path_before
        create_redirect(former, instance)


@receiver(pre_delete, sender=Page)
def remember_deleted_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Store the present and former addresses of a page that was public, so that they answer 410."""
    if instance.first_published_at and not restrictions_on(instance).exists():
        GoneAddress.remember(instance.get_full_url() or "")
        for redirect in Redirect.objects.filter(redirect_page=instance):
            GoneAddress.remember(f"{redirect.old_path}/")
