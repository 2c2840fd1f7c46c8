"""Private pages: asked of the database only where there may be one.

Nothing is stored of where privacy comes from. What bears on a page is followed when it is asked
for: from the page to the pages above it, from a translation to its original, from an alias to its
source, and from those again. So a page is private as long as one of them is, and never because of
what stands below it or was made from it.

A page that loses one of these keeps, as rows of its own, what bore on it for that reason: nothing
becomes public because a page is copied, deleted or no longer an alias.
"""

from contextlib import contextmanager
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, F, Func, IntegerField, Q, Subquery, Value
from wagtail.models import Locale, Page, PageViewRestriction

# The pages that bear on the page with a key; the ORM has no recursive queries.
#
# Each step finds its rows by a unique key, so that a page costs the same in an archive of any size.
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

# What the SQL above is completed with: nothing of it comes from outside.
NAMES = {
    "page": Page._meta.db_table,
    "restriction": PageViewRestriction._meta.db_table,
    "locale": Locale._meta.db_table,
    "original": settings.LANGUAGE_CODE,
    "step": Page.steplen,
}


def with_restriction_state(pages):
    """Annotate `pages` with `may_be_restricted`: whether a restriction bears on the page."""
    return pages.annotate(may_be_restricted=_IsRestricted(F("pk")))


def without_restricted(pages, restrictions=None):
    """Leave out the pages that `with_restriction_state` marks: no list names a private page.

    With a queryset of `restrictions`, leave out those alone on which one of these bears.
    """
    return pages.filter(~_IsRestricted(F("pk"), restrictions))


def restrictions_on(page):
    """Return the restrictions that bear on `page`, whatever type it comes as.

    Who reads it has to meet all of them.
    """
    keys = Func(Value(page.pk), template=KEYS, output_field=IntegerField(), **NAMES)
    return PageViewRestriction.objects.filter(page__in=keys)


def original_of(page):
    """Return the page of the original language that `page` is a translation of, else `None`."""
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    return Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
    ).first()


def made_of(page):
    """Return the pages that are private because of `page`: its aliases and its translations."""
    pages = Q(alias_of=page.pk)
    if page.locale.language_code == settings.LANGUAGE_CODE:
        pages |= Q(translation_key=page.translation_key)
    return Page.objects.filter(pages).exclude(pk=page.pk)


class Terms(NamedTuple):
    """What a restriction asks of readers, whichever page it stands on."""

    restriction_type: str
    password: str
    groups: frozenset[int]


def terms_of(restrictions) -> set[Terms]:
    """Return what a queryset of restrictions asks of readers, each thing once."""
    return {
        Terms(
            restriction.restriction_type,
            restriction.password,
            frozenset(group.pk for group in restriction.groups.all()),
        )
        for restriction in restrictions.prefetch_related("groups")
    }


def keep_restrictions(page: Page, terms: set[Terms]) -> None:
    """Give `page` a restriction of its own for each of `terms` that does not bear on it anyway."""
    for restriction_type, password, groups in terms - terms_of(restrictions_on(page)):
        kept = PageViewRestriction(page=page, restriction_type=restriction_type, password=password)
        kept.save()
        kept.groups.set(groups)


@contextmanager
def keeping_restrictions_of(source: Page, target: Page):
    """Leave `target` as private as `source` was before, whatever the block does to the two.

    Both are one transaction, so that nobody reads `target` in between.
    """
    with transaction.atomic():
        terms = terms_of(restrictions_on(source))
        yield
        if terms:
            keep_restrictions(target, terms)


def drop_copied_restrictions(page: Page) -> None:
    """Remove what Wagtail copied onto `page`, which was just made of another, and below it.

    What bears on it because of the other is asked for there; a copy would stay when that is lifted.
    Where the copy is all that bears on it, it stays.
    """
    copies = PageViewRestriction.objects.filter(page__path__startswith=page.path)
    # The latest first: what `keep_restrictions` gave was there before Wagtail's copies.
    for copied in copies.select_related("page").order_by("-pk"):
        this = PageViewRestriction.objects.filter(pk=copied.pk)
        if terms_of(this) <= terms_of(restrictions_on(copied.page).exclude(pk=copied.pk)):
            this.delete()


class _IsRestricted(Func):
    """The condition that a restriction bears on a page, one of `restrictions` if given."""

    output_field = BooleanField()

    def __init__(self, page, restrictions=None):
        among = [] if restrictions is None else [Subquery(restrictions.order_by().values("pk"))]
        super().__init__(page, *among)

    def as_sql(self, compiler, connection):
        """Complete the SQL with the page and the restrictions."""
        page, *restrictions = self.get_source_expressions()
        sql, params = compiler.compile(page)
        among, params = "", [*params]
        for queryset in restrictions:
            keys, more = compiler.compile(queryset)
            among, params = f"AND standing.id IN {keys}", [*params, *more]
        return IS_RESTRICTED % {**NAMES, "expressions": sql, "among": among}, params
