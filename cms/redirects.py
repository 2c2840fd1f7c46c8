"""Where readers go who ask for something that was renamed, moved or withdrawn.

A page that gets another address leaves one redirect, however many pages stand below it: the rest of
the address is followed when it is asked for. Wagtail would write a row for each of them, and SQLite
gives up at a thousand.
"""

from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.models.pages import FEED
from cms.models.restrictions import without_restricted
from cms.routing import MAX_DEPTH


def path_of(page):
    """Return the public path of `page` as redirects store it, `None` where it has no address."""
    address = page.get_full_url()
    return Redirect.normalise_path(urlsplit(address).path) if address else None


def leave_redirect(former, page):
    """Redirect from the address of `former`, which is `page` as it was, to where it is now."""
    old, new = path_of(former), path_of(page)
    if old and new and old != new:
        forget(old)
        forget(new)
        Redirect.objects.create(
            old_path=old, site=page.get_site(), redirect_page=page, automatically_created=True
        )


def moved_address(request):
    """Return the present address of what stood below a page that has moved, else `None`."""
    path = Redirect.normalise_path(request.path_info)
    folders = path.strip("/").split("/")
    if "\0" in path or not 1 < len(folders) <= MAX_DEPTH:
        return None
    above = ["/" + "/".join(folders[:depth]) for depth in range(1, len(folders))]
    redirects = Redirect.get_for_site(Site.find_for_request(request)).filter(
        old_path__in=above, automatically_created=True, redirect_page__isnull=False
    )
    redirect = max(redirects, key=lambda found: len(found.old_path), default=None)
    address = redirect.redirect_page.get_url(request) if redirect else None
    if not address:
        return None
    rest = path.removeprefix(f"{redirect.old_path}/")
    new = f"{address.rstrip('/')}/{rest}/"
    is_page = was_public(redirect.redirect_page, rest.removesuffix(FEED).strip("/"))
    is_former = Redirect.objects.filter(old_path=Redirect.normalise_path(new)).exists
    return new if is_page or is_former() else None


def was_public(page, path):
    """Say whether there is a page at `path` below `page` that is or was published."""
    pages = Page.objects.filter(Q(live=True) | Q(first_published_at__isnull=False))
    if not path:
        return pages.filter(pk=page.pk).exists()
    # The slug is there for its index: `url_path` has none.
    slug = path.rpartition("/")[2]
    return pages.filter(slug=slug, url_path=f"{page.url_path}{path}/").exists()


def send_readers_of(page, target):
    """Send who asks for the withdrawn `page` to `target`, in the same language where there is one.

    The translations of `page` lead to the published translations of `target`.
    """
    readable = without_restricted(Page.objects.live())
    for twin in page.get_translations(inclusive=True).exclude(live=True):
        aims = readable.filter(translation_key=target.translation_key, locale=twin.locale_id)
        if (aim := aims.first()) and (path := path_of(twin)):
            forget(path)
            Redirect.objects.create(
                old_path=path, site=twin.get_site(), redirect_page=aim, is_permanent=False
            )


def send_address(old, new):
    """Send who asks for the path `old` to the path `new`, and who was sent to `old` before."""
    old_path, new_path = Redirect.normalise_path(old), Redirect.normalise_path(new)
    forget(old_path)
    forget(new_path)
    Redirect.objects.filter(redirect_link=old).update(redirect_link=new)
    Redirect.objects.create(old_path=old_path, redirect_link=new, automatically_created=True)


def forget(path):
    """Remove the redirects from `path`: something is published there, or leads elsewhere now."""
    Redirect.objects.filter(old_path=path).delete()
