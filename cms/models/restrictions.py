"""Private pages: asked of the database only where there may be one."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction


def with_restriction_state(pages):
    """Annotate `pages` with `may_be_restricted`.

    True where the page or one above it is private, or an alias of a private page, or an alias of
    such an alias: an alias shares the restrictions of its source.
    """
    return pages.annotate(may_be_restricted=Exists(_restrictions_above(OuterRef("path"))))


def without_restricted(pages):
    """Leave out the pages that `with_restriction_state` marks: no list names a private page."""
    return pages.filter(~Exists(_restrictions_above(OuterRef("path"))))


def _restrictions_above(path):
    """Return the restrictions that bear, or through an alias may bear, on the page at `path`."""
    target = ExpressionWrapper(path, output_field=CharField())
    return PageViewRestriction.objects.annotate(target=target).filter(
        Q(target__startswith=F("page__path"))
        | Q(target__startswith=F("page__aliases__path"))
        | Q(target__startswith=F("page__aliases__aliases__path"))
    )
