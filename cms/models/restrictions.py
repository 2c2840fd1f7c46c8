"""Private pages: asked of the database only where there may be one.

The queries start from the restrictions, which are few, never from the pages: put as joins, SQLite
would compare each page with every other one.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from wagtail.models import Page, PageViewRestriction


def with_restriction_state(pages):
    """Annotate `pages` with `may_be_restricted`.

    True where the page or one above it is private, or an alias of a private page, or an alias of
    such an alias: an alias shares the restrictions of its source.
    """
    return pages.annotate(may_be_restricted=_is_restricted())


def without_restricted(pages):
    """Leave out the pages that `with_restriction_state` marks: no list names a private page."""
    return pages.filter(~_is_restricted())


def _is_restricted():
    """Return the condition, for a queryset of pages, that a restriction bears on the page."""
    path_of_page = Page.objects.filter(pk=OuterRef("page_id")).values("path")
    aliases = Page.objects.filter(alias_of=OuterRef("page_id"))
    further_aliases = Page.objects.filter(alias_of__alias_of=OuterRef("page_id"))
    path = OuterRef("path")
    restrictions = PageViewRestriction.objects.annotate(
        top=Subquery(path_of_page), path=_text(path)
    )
    return Exists(
        restrictions.filter(
            Q(path__startswith=F("top"))
            | Q(Exists(_at_or_above(aliases, OuterRef(path))))
            | Q(Exists(_at_or_above(further_aliases, OuterRef(path))))
        )
    )


def _at_or_above(pages, path):
    """Keep the pages that stand at `path` or above it."""
    return pages.annotate(below=_text(path)).filter(below__startswith=F("path"))


def _text(expression):
    """Tell Django that a reference to an outer query is text, so that it can be compared."""
    return ExpressionWrapper(expression, output_field=CharField())
