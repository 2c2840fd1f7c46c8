"""Who may do what with translations, beyond what wagtail-localize's own views check.

Its views ask for `submit_translation` alone before they publish, and for the right to edit alone
before they stop a translation or turn a page into a live Vietnamese alias under `/en/`.
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.permissions import get_permission_name

from cms.translation.models import PageTranslation
from cms.translation.starting import translated_parent_of
from cms.visibility import sees_everything, visible_to

SUBMIT = "wagtail_localize.submit_translation"


def may_edit(user, instance):
    """Say whether `user` may edit the page or snippet."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_translate(user, page):
    """Say whether `user` may work on the translation `page` now: it is not locked or in review."""
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and not permissions.page_locked()


def has_change_permission(user, page):
    """Say whether a group of `user` has the right to change `page`, without asking the database."""
    return page_permission_policy.user_has_permission_for_instance(user, "change", page)


def visible_rows(user) -> QuerySet[PageTranslation]:
    """Return the rows of originals that `user` may know of, asked of the rows that are read."""
    rows = PageTranslation.objects.all()
    if sees_everything(user):
        return rows
    original = Page.objects.filter(pk=OuterRef("source_page")).order_by()
    return rows.filter(Exists(visible_to(user, original)))


def target_locales_of(user):
    """Return the languages in which `user` may change pages, but for that of the originals.

    It asks for the rights of the user's groups and not for pages, of which there are many.
    """
    locales = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    if user.is_superuser:
        return locales
    trees = [
        given.page
        for given in page_permission_policy.get_cached_permissions_for_user(user)
        if given.permission.codename == "change_page"
    ]
    if any(page.is_root() for page in trees):
        return locales
    return locales.filter(pk__in={page.locale_id for page in trees})


def may_start(user, page, locale):
    """Say whether `user` may begin a translation of `page` into `locale`.

    That takes the right to change pages there: below the translation of the page above.
    """
    translated_parent = translated_parent_of(page, locale)
    return translated_parent is not None and has_change_permission(user, translated_parent)


def may_publish(user, instance):
    """Say whether `user` may publish the page; a snippet without drafts goes live when changed."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_submit(user, source):
    """Say whether `user` may send `source`, a page or snippet, to be translated."""
    return user.has_perm(SUBMIT) and may_edit(user, source)


def may_stop_or_restart(user, target):
    """Say whether `user` may stop or restart the translation that `target` is."""
    return user.has_perm(SUBMIT) and may_publish(user, target)
