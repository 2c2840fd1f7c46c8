"""Permission checks for translations, beyond those of wagtail-localize's own views.

Its views check only `submit_translation` before they publish. They check only the permission to
edit before they stop a translation. The same is true before they turn a page into a live Vietnamese
alias under `/en/`.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, Model, OuterRef, QuerySet
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.permissions import get_permission_name

from cms.translation.models import PageTranslation, PageTranslationQuerySet
from cms.translation.starting import translated_parent_of
from cms.visibility import sees_everything, visible_to

SUBMIT = "wagtail_localize.submit_translation"


def may_edit(user: User | AnonymousUser, instance: Model) -> bool:
    """Return whether `user` may edit the page or snippet."""
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_translate(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user` may work on the translation `page` now.

    Nobody may while the page is locked or in review.
    """
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and not permissions.page_locked()


def has_change_permission(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether a group of `user` has the permission to change `page`.

    This needs no database query.
    """
    return page_permission_policy.user_has_permission_for_instance(user, "change", page)


def visible_rows(user: User | AnonymousUser) -> PageTranslationQuerySet:
    """Return the rows of originals that `user` may see.

    The database checks only the rows that are read.
    """
    rows = PageTranslation.objects.all()
    if sees_everything(user):
        return rows
    original = Page.objects.filter(pk=OuterRef("source_page")).order_by()
    return rows.filter(Exists(visible_to(user, original)))


def target_locales_of(user: User | AnonymousUser) -> QuerySet[Locale]:
    """Return the locales in which `user` may change pages, except the originals' locale.

    It looks at the permissions of the user's groups and not at pages, because there are many pages.
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


def may_start(user: User | AnonymousUser, page: Page, locale: Locale) -> bool:
    """Return whether `user` may start a translation of `page` into `locale`.

    The user needs the permission to change the translation of the parent page.
    """
    translated_parent = translated_parent_of(page, locale)
    return translated_parent is not None and has_change_permission(user, translated_parent)


def may_publish(user: User | AnonymousUser, instance: Model) -> bool:
    """Return whether `user` may publish the page or snippet.

    A snippet without drafts is live as soon as it is changed.
    """
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_publish()
    return user.has_perm(get_permission_name("change", type(instance)))


def may_submit(user: User | AnonymousUser, source: Model) -> bool:
    """Return whether `user` may submit `source`, a page or snippet, for translation."""
    return user.has_perm(SUBMIT) and may_edit(user, source)


def may_stop_or_restart(user: User | AnonymousUser, target: Model) -> bool:
    """Return whether `user` may stop or restart the translation `target`."""
    return user.has_perm(SUBMIT) and may_publish(user, target)
