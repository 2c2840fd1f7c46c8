"""A choice of sections, for the filter of the board and the export of PO files."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from wagtail.models import Page, get_page_models

from cms.text.truncation import truncate
from cms.visibility import visible_to


def sections(user: User | AnonymousUser) -> QuerySet[Page]:
    """Return the originals that have child pages and that `user` may see, in tree order."""
    kinds = [model for model in get_page_models() if model.allowed_subpage_models()]
    originals = Page.objects.exact_type(*kinds).filter(
        locale__language_code=settings.LANGUAGE_CODE, depth__gt=2, numchild__gt=0
    )
    return visible_to(user, originals).order_by("path")


class SectionField(forms.ModelChoiceField):
    """A choice of sections, indented as in the tree."""

    def label_from_instance(self, page: Page) -> str:
        """Return the title, indented; sections start below the home page."""
        return "\u2003" * (page.depth - 3) + truncate(page.title)
