"""Redirects from the addresses of pages that were renamed, moved or withdrawn.

A page that gets another address leaves one redirect, even if many pages are below it. The rest of
an address below it is resolved at request time. Wagtail would write one row for each page, and
SQLite fails if there are a thousand of them.
"""

from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.restrictions import without_restricted

# The condition that a page is or was published, so that readers may know its address.
EVER_PUBLISHED = Q(live=True) | Q(first_published_at__isnull=False)


def path_of(page: Page) -> str | None:
    """Return the public path of `page` as redirects store it, or `None` if it has no address."""
    address = page.get_full_url()
    return Redirect.normalise_path(urlsplit(address).path) if address else None


def create_redirect(former: Page, page: Page) -> None:
    """Redirect from the address of `former` to the present address of `page`.

    `former` is `page` before the change. A draft with no published page below it gets no redirect,
    because it had no readers.
    """
    old, new = path_of(former), path_of(page)
    if not old or not new or old == new:
        return
    was_published = former.live or former.first_published_at
    if was_published or page.get_descendants().filter(EVER_PUBLISHED).exists():
        delete_redirects_from(old)
        delete_redirects_from(new)
        Redirect.objects.create(
            old_path=old, site=page.get_site(), redirect_page=page, automatically_created=True
        )


def redirect_withdrawn_page(page: Page, target: Page) -> None:
    """Redirect from the withdrawn `page` and its withdrawn translations to `target`.

    Each of them leads to the translation of `target` in its own language that is published and not
    private. If there is none in that language, there is no redirect.
    """
    readable = without_restricted(Page.objects.live())
    withdrawn = page.get_translations(inclusive=True).exclude(live=True)
    for translation in withdrawn.filter(EVER_PUBLISHED):
        candidates = readable.filter(
            translation_key=target.translation_key, locale=translation.locale_id
        )
        if (successor := candidates.first()) and (path := path_of(translation)):
            delete_redirects_from(path)
            Redirect.objects.create(
                old_path=path,
                site=translation.get_site(),
                redirect_page=successor,
                is_permanent=False,
            )


def redirect_path(old: str, new: str) -> None:
    """Redirect from the path `old` to the path `new`.

    Redirects that led to `old` before lead to `new` now.
    """
    old_path, new_path = Redirect.normalise_path(old), Redirect.normalise_path(new)
    delete_redirects_from(old_path)
    delete_redirects_from(new_path)
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.create(old_path=old_path, redirect_link=new, automatically_created=True)


def delete_redirects_from(path: str) -> None:
    """Delete the redirects from `path`, which now has a published page or leads elsewhere."""
    Redirect.objects.filter(old_path=path).delete()
