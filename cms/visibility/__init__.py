"""Rules that decide which pages a signed-in user may see in the admin.

To see a page means to learn its title, its text or its address. A user may see a page that they can
read on the site. A user may also see a page if one of their groups has a permission on that page or
on a page above it. All admin code that names a page uses these rules. So only the users who work on
drafts and private pages learn about them.
"""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from cms.restrictions import without_restricted

# Maximum number of pages whose restrictions one query checks. Each page takes 0.1 milliseconds.
MAX_PAGES_CHECKED = 300


def has_right(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether a group of `user` has any permission on `page` or on a page above it.

    This needs no query of its own: Wagtail caches the permissions on the user.
    """
    return user.is_active and (
        user.is_superuser or any(page.path.startswith(path) for path in _paths(user))
    )


def sees_everything(user: User | AnonymousUser) -> bool:
    """Return whether `user` may see every page."""
    return user.is_active and (
        user.is_superuser
        or any(
            given.page.is_root()
            for given in page_permission_policy.get_cached_permissions_for_user(user)
        )
    )


def may_see(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user` may see `page`. A user who is asked to review the page may see it."""
    return (
        has_right(user, page)
        or visible_to(user, Page.objects.filter(pk=page.pk)).exists()
        or may_review(user, page)
    )


def may_review(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user` is asked to review `page`. A reviewer needs no permission on it."""
    task = page.current_workflow_task
    return task is not None and bool(task.user_can_access_editor(page, user))


def visible_to(user: User | AnonymousUser, pages: PageQuerySet | None = None) -> PageQuerySet:
    """Return the pages of the queryset `pages` that `user` may see. The default is all pages.

    The query checks each page against the few restrictions and permissions. It never collects all
    pages that the user may see, because there are a million of them.
    """
    pages = Page.objects.all() if pages is None else pages
    if not user.is_active:
        return pages.none()
    if sees_everything(user):
        return pages
    return pages.filter(_rights(_paths(user)) | _readable(user))


def browsable_by(user: User | AnonymousUser, pages: PageQuerySet) -> PageQuerySet:
    """Return the pages of `pages` that `user` may see or may browse through.

    Users may browse through every page that leads to a page on which they have a permission.
    """
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    return pages.filter(_own(user) | _readable(user))


def searchable_by(user: User | AnonymousUser, pages: PageQuerySet, words: str) -> PageQuerySet:
    """Return the pages of `pages` that a search for `words` by `user` may find.

    All pages on which the user has a permission are included. Only the best `MAX_PAGES_CHECKED`
    matches among the other pages are checked. Checking the restrictions of a million pages would
    take a minute.
    """
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    others = pages.filter(live=True).exclude(_own(user)).order_by().autocomplete(words)
    keys = [page.pk for page in others[:MAX_PAGES_CHECKED]]
    known = visible_to(user, Page.objects.filter(pk__in=keys)).values_list("pk", flat=True)
    return pages.filter(_own(user) | Q(pk__in=list(known)))


def perhaps_browsable_by(user: User | AnonymousUser, pages: PageQuerySet) -> PageQuerySet:
    """Return `pages` without the drafts on which `user` has no permission. This filter is cheap.

    The result still contains private pages. Before showing any of the pages, the caller must filter
    them with `browsable_by`.
    """
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    return pages.filter(_own(user) | Q(live=True))


def may_browse(user: User | AnonymousUser, page: Page) -> bool:
    """Return whether `user` may see `page` or may browse through it (see `browsable_by`)."""
    return may_see(user, page) or browsable_by(user, Page.objects.filter(pk=page.pk)).exists()


def restrictions_against(user: User) -> QuerySet[PageViewRestriction]:
    """Return the restrictions that keep `user` out.

    A password restriction keeps every user out: in the admin, no user counts as knowing a password.
    """
    of_groups = PageViewRestriction.objects.filter(
        restriction_type=PageViewRestriction.GROUPS, groups__user=user
    )
    return PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN).exclude(
        pk__in=of_groups.values("pk")
    )


def with_visible_title(user: User | AnonymousUser, page: Page) -> Page:
    """Return `page`, which `user` may see, with the title that `user` may see.

    The draft of a published page may have another title. A user without a permission on the page
    gets the published title. This function sets it on the object, so the object must not be saved.
    """
    if page.live and not has_right(user, page):
        page.draft_title = page.title
    return page


def visible_title(user: User | AnonymousUser, page: Page) -> str:
    """Return the title of `page` that `user` may see, or a neutral text for a hidden page."""
    if may_see(user, page):
        return with_visible_title(user, page).get_admin_display_title()
    return _("A page you may not see")


def _paths(user: User) -> set[str]:
    """Return the tree paths of the pages on which the groups of `user` have a permission."""
    given = page_permission_policy.get_cached_permissions_for_user(user)
    return {permission.page.path for permission in given}


def _own(user: User) -> Q:
    """Return the condition that a group of `user` has a permission on a page or below it."""
    passed = page_permission_policy.instances_with_direct_explore_permission(user)
    above: set[str] = set()
    if passed:
        root = page_permission_policy.explorable_root_instance(user)
        above = {
            page.path[:end]
            for page in passed
            for end in range(len(root.path), len(page.path), Page.steplen)
        }
    return _rights(_paths(user)) | Q(path__in=above)


def _readable(user: User) -> Q:
    """Return the condition that a page is published and that no restriction keeps `user` out.

    Queries put this condition last. So the database looks up the restrictions of a page only after
    all other conditions.
    """
    if not _is_kept_out(user):
        return Q(live=True)
    return Q(live=True, pk__in=without_restricted(_each(), restrictions_against(user)).values("pk"))


def _is_kept_out(user: User) -> bool:
    """Return whether any restriction on the site keeps `user` out.

    The query runs once per request. The result is cached on the user, as Wagtail caches
    permissions.
    """
    found: bool | None = getattr(user, "_portal_is_kept_out", None)
    if found is None:
        found = restrictions_against(user).exists()
        # An attribute of our own.
        user._portal_is_kept_out = found  # type: ignore[attr-defined]
    return found


def _each() -> PageQuerySet:
    """Return a queryset of the current page of an outer page query, for use in a subquery.

    The caller compares keys with `pk__in`, because Wagtail's search supports that filter and does
    not support `Exists`.
    """
    return Page.objects.filter(pk=OuterRef("pk")).order_by()


def _rights(paths: set[str]) -> Q:
    """Return the condition that a page is at or below one of `paths`."""
    condition = Q(pk__in=[])
    for path in sorted(paths):
        condition |= Q(path__startswith=path)
    return condition
