"""What a signed-in person may know of a page: its title, its text, its address.

A page may be known when its readers include the person, or when a group of the person has a right
on it or above it. Everything in the admin that names a page asks here, so that drafts and private
pages stay with those who work on them.
"""

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import page_permission_policy

from cms.restrictions import without_restricted

# Pages of which it is asked at once what bears on them, at a tenth of a millisecond each.
ASKED_MOST = 300


def has_right(user, page: Page) -> bool:
    """Say whether a group of `user` has any right on `page` or above it, with no query for it."""
    return user.is_active and (
        user.is_superuser or any(page.path.startswith(path) for path in _paths(user))
    )


def sees_everything(user) -> bool:
    """Say whether no page is hidden from `user`."""
    return user.is_active and (
        user.is_superuser
        or any(
            given.page.is_root()
            for given in page_permission_policy.get_cached_permissions_for_user(user)
        )
    )


def may_see(user, page: Page) -> bool:
    """Say whether `user` may know of `page`; whoever is asked to review it may, too."""
    return (
        has_right(user, page)
        or visible_to(user, Page.objects.filter(pk=page.pk)).exists()
        or may_review(user, page)
    )


def may_review(user, page: Page) -> bool:
    """Say whether `user` is asked to review `page`, which takes no right on it."""
    task = page.current_workflow_task
    return task is not None and bool(task.user_can_access_editor(page, user))


def visible_to(user, pages: QuerySet | None = None) -> QuerySet:
    """Return those of `pages`, a queryset, that `user` may know of; of all pages without one.

    It asks about each page, starting from the few restrictions and rights, and never gathers all
    pages that may be known: there are a million.
    """
    pages = Page.objects.all() if pages is None else pages
    if not user.is_active:
        return pages.none()
    if sees_everything(user):
        return pages
    return pages.filter(_rights(_paths(user)) | _readable(user))


def browsable_by(user, pages: QuerySet) -> QuerySet:
    """Return those of `pages` that `user` may know of, or has to pass to get to a right."""
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    return pages.filter(_own(user) | _readable(user))


def found_by(user, pages: QuerySet, words: str) -> QuerySet:
    """Return those of `pages` that `words` are looked for in, and that `user` may browse.

    Of what stands below no right, the best `ASKED_MOST` that are found are asked about, and nothing
    else: asking of each of a million pages what bears on it takes a minute.
    """
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    others = pages.filter(live=True).exclude(_own(user)).order_by().autocomplete(words)
    keys = [page.pk for page in others[:ASKED_MOST]]
    known = visible_to(user, Page.objects.filter(pk__in=keys)).values_list("pk", flat=True)
    return pages.filter(_own(user) | Q(pk__in=list(known)))


def perhaps_browsable_by(user, pages: QuerySet) -> QuerySet:
    """Return `pages` without the drafts of others: those worth asking about, which is cheap.

    Private pages are among them still. Whoever shows some of them asks `browsable_by` of those.
    """
    if sees_everything(user) or not user.is_active:
        return visible_to(user, pages)
    return pages.filter(_own(user) | Q(live=True))


def may_browse(user, page: Page) -> bool:
    """Say whether `user` may know of `page`, or has to pass it to get to a right."""
    return may_see(user, page) or browsable_by(user, Page.objects.filter(pk=page.pk)).exists()


def closed_to(user) -> QuerySet:
    """Return the restrictions that do not let `user` in; a password is known to nobody here."""
    of_groups = PageViewRestriction.objects.filter(
        restriction_type=PageViewRestriction.GROUPS, groups__user=user
    )
    return PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN).exclude(
        pk__in=of_groups.values("pk")
    )


def with_known_title(user, page: Page) -> Page:
    """Return `page`, which `user` may see, with the title that `user` may know.

    The draft of a published page may have another title. Who has no right on the page gets the
    published one: it is set on the object, which must not be saved.
    """
    if page.live and not has_right(user, page):
        page.draft_title = page.title
    return page


def known_title(user, page: Page) -> str:
    """Return the title of `page` as `user` may know it, else words that tell nothing."""
    if may_see(user, page):
        return with_known_title(user, page).get_admin_display_title()
    return _("A page you may not see")


def _paths(user) -> set[str]:
    """Return where in the tree the groups of `user` have a right."""
    given = page_permission_policy.get_cached_permissions_for_user(user)
    return {permission.page.path for permission in given}


def _own(user) -> Q:
    """Return the condition that a group of `user` has a right on a page, or anywhere below it."""
    passed = page_permission_policy.instances_with_direct_explore_permission(user)
    above = set()
    if passed:
        root = page_permission_policy.explorable_root_instance(user)
        above = {
            page.path[:end]
            for page in passed
            for end in range(len(root.path), len(page.path), Page.steplen)
        }
    return _rights(_paths(user)) | Q(path__in=above)


def _readable(user) -> Q:
    """Return the condition that a page is published and that nothing keeps `user` from it.

    It stands last in each query: what bears on a page is followed only where all else was tried.
    """
    if not _is_kept_out(user):
        return Q(live=True)
    return Q(live=True, pk__in=without_restricted(_each(), closed_to(user)).values("pk"))


def _is_kept_out(user) -> bool:
    """Say whether there is a restriction that keeps `user` out.

    It is asked once a request, and kept with the user as Wagtail keeps the rights.
    """
    if not hasattr(user, "_portal_is_kept_out"):
        user._portal_is_kept_out = closed_to(user).exists()
    return user._portal_is_kept_out


def _each() -> QuerySet:
    """Return the page that is asked about, for a subquery of a query of pages.

    Wagtail's search takes a key among others for a filter, and knows nothing of `Exists`.
    """
    return Page.objects.filter(pk=OuterRef("pk")).order_by()


def _rights(paths: set[str]) -> Q:
    """Return the condition that a page stands at or below one of `paths`."""
    condition = Q(pk__in=[])
    for path in sorted(paths):
        condition |= Q(path__startswith=path)
    return condition
