"""Where readers go who ask for something that was renamed, moved or withdrawn.

A page that gets another address leaves one redirect, however many pages stand below it: the rest of
the address is followed when it is asked for. Wagtail would write a row for each of them, and SQLite
gives up at a thousand.
"""

from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.restrictions import without_restricted

# The condition that readers could know a page.
EVER_PUBLISHED = Q(live=True) | Q(first_published_at__isnull=False)


def path_of(page):
    """Return the public path of `page` as redirects store it, `None` where it has no address."""
    address = page.get_full_url()
    return Redirect.normalise_path(urlsplit(address).path) if address else None


def create_redirect(former, page):
    """Redirect from the address of `former`, which is `page` as it was, to where it is now.

    A draft with nothing published below it had no readers who would follow.
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


def redirect_withdrawn_page(page, target):
    """Send who asks for the withdrawn `page` to `target`, in the same language where there is one.

    The translations of `page` lead to the published translations of `target`.
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


def redirect_path(old, new):
    """Send who asks for the path `old` to the path `new`, and who was sent to `old` before."""
    old_path, new_path = Redirect.normalise_path(old), Redirect.normalise_path(new)
    delete_redirects_from(old_path)
    delete_redirects_from(new_path)
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.create(old_path=old_path, redirect_link=new, automatically_created=True)


def delete_redirects_from(path):
    """Remove the redirects from `path`: something is published there, or leads elsewhere now."""
    Redirect.objects.filter(old_path=path).delete()
