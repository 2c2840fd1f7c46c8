"""Queries that find the view restrictions that apply to a page.

For a list of pages, the database looks up restrictions only if the site has any.

The reason why a page is private is not stored. Each query looks up the restrictions that apply: on
the page itself, on the pages above it, on the original of a translation and on the source of an
alias. It repeats this for each page that it finds. So a page is private as long as one of these
pages is private. A page is never private because of a page below it or a page made from it.

A page may lose its original, its source or its status as an alias. The restrictions that applied to
it for that reason are then stored on the page itself. So no page becomes public because a page is
copied, deleted or no longer an alias.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.sql.compiler import SQLCompiler
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.query import PageQuerySet

# The pages whose restrictions apply to the page with a given key. This is raw SQL because the ORM
# has no recursive queries.
#
# Each step finds its rows by a unique key, so the cost per page does not grow with the archive.
BEARING = """
    WITH RECURSIVE bearing AS (
        SELECT own.id, own.path, own.translation_key, own.alias_of_id
        FROM %(page)s AS own WHERE own.id = %(expressions)s
        UNION
        SELECT further.id, further.path, further.translation_key, further.alias_of_id
        FROM bearing JOIN %(page)s AS further ON (
            further.path = SUBSTR(bearing.path, 1, LENGTH(bearing.path) - %(step)s)
            OR further.id = bearing.alias_of_id
            OR (
                further.translation_key = bearing.translation_key
                AND further.locale_id = (
                    SELECT id FROM %(locale)s WHERE language_code = '%(original)s'
                )
            )
        )
    )
"""

KEYS = f"({BEARING} SELECT id FROM bearing)"  # noqa: S608 - no values

IS_RESTRICTED = f"""(
    EXISTS (SELECT 1 FROM %(restriction)s)
    AND EXISTS (
        {BEARING} SELECT 1 FROM bearing
        JOIN %(restriction)s AS standing ON standing.page_id = bearing.id %(among)s
    )
)"""  # noqa: S608 - no values

# The values that complete the SQL above. None of them comes from user input.
NAMES = {
    "page": Page._meta.db_table,
    "restriction": PageViewRestriction._meta.db_table,
    "locale": Locale._meta.db_table,
    "original": settings.LANGUAGE_CODE,
    "step": Page.steplen,
}


def with_restriction_state(pages: PageQuerySet) -> PageQuerySet:
    """Annotate `pages` with `may_be_restricted`: whether a restriction applies to the page."""
    return pages.annotate(may_be_restricted=_IsRestricted(F("pk")))


def without_restricted(
    pages: PageQuerySet, restrictions: QuerySet[PageViewRestriction] | None = None
) -> PageQuerySet:
    """Return `pages` without the private pages, so that no list names a private page.

    With a queryset of `restrictions`, leave out only the pages to which one of these restrictions
    applies.
    """
    return pages.filter(~_IsRestricted(F("pk"), restrictions))


def restrictions_on(page: Page) -> QuerySet[PageViewRestriction]:
    """Return the restrictions that apply to `page`, which may be an instance of any page type.

    A user who reads the page must meet all of them.
    """
    keys = Func(Value(page.pk), template=KEYS, output_field=IntegerField(), **NAMES)
    return PageViewRestriction.objects.filter(page__in=keys)


def original_page_of(page: Page) -> Page | None:
    """Return the page in the original language that `page` translates, or `None`."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    return Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    ).first()


def derived_pages(page: Page) -> PageQuerySet:
    """Return the pages that are private if `page` is: its aliases and its translations."""
    pages = Q(alias_of=page.pk)
    if page.locale.language_code == settings.LANGUAGE_CODE:
        pages |= Q(translation_key=page.translation_key)
    return Page.objects.filter(pages).exclude(pk=page.pk)


class RestrictionTerms(NamedTuple):
    """The requirements of a restriction, without the page that it is on."""

    restriction_type: str
    password: str
    groups: frozenset[int]


def terms_of(restrictions: QuerySet[PageViewRestriction]) -> set[RestrictionTerms]:
    """Return the distinct requirements of a queryset of restrictions."""
    return {
        RestrictionTerms(
            restriction.restriction_type,
            restriction.password,
            frozenset(group.pk for group in restriction.groups.all()),
        )
        for restriction in restrictions.prefetch_related("groups")
    }


def add_missing_restrictions(page: Page, terms: set[RestrictionTerms]) -> None:
    """Add a restriction to `page` for each of `terms` that does not apply to it already."""
    for restriction_type, password, groups in terms - terms_of(restrictions_on(page)):
        kept = PageViewRestriction(page=page, restriction_type=restriction_type, password=password)
        kept.save()
        kept.groups.set(groups)


@contextmanager
def preserve_restrictions(source: Page, target: Page) -> Iterator[None]:
    """Run the block, then make `target` at least as private as `source` was before the block.

    It does not matter how the block changes the two pages. The block and the new restrictions are
    one transaction, so that nobody can read `target` in between.
    """
    with transaction.atomic():
        terms = terms_of(restrictions_on(source))
        yield
        if terms:
            add_missing_restrictions(target, terms)


def delete_redundant_restrictions(page: Page) -> None:
    """Delete redundant restrictions that Wagtail copied to the new page `page` and to its subtree.

    They are redundant because the restrictions on the source of `page` apply to `page` anyway. A
    copy would remain after the original restriction is deleted. But a copy stays if no other
    restriction with the same terms applies to its page.
    """
    copies = PageViewRestriction.objects.filter(page__path__startswith=page.path)
    # Check the latest first: the rows from `add_missing_restrictions` are older than Wagtail's
    # copies.
    for copied in copies.select_related("page").order_by("-pk"):
        this = PageViewRestriction.objects.filter(pk=copied.pk)
        if terms_of(this) <= terms_of(restrictions_on(copied.page).exclude(pk=copied.pk)):
            this.delete()


class _IsRestricted(Func):
    """The condition that a restriction, or one of `restrictions` if given, applies to a page."""

    output_field = BooleanField()

    def __init__(self, page: F, restrictions: QuerySet[PageViewRestriction] | None = None) -> None:
        among = [] if restrictions is None else [Subquery(restrictions.order_by().values("pk"))]
        super().__init__(page, *among)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *args: Any, **kwargs: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the SQL completed with the page and the restrictions."""
        page, *restrictions = self.get_source_expressions()
        sql, params = compiler.compile(page)
        among = ""
        for queryset in restrictions:
            keys, more = compiler.compile(queryset)
            among, params = f"AND standing.id IN {keys}", (*params, *more)
        return IS_RESTRICTED % {**NAMES, "expressions": sql, "among": among}, params
