"""A choice of sections, by which the board is narrowed down and PO files are taken out."""

from django import forms
from django.conf import settings
from wagtail.models import Page, get_page_models

from cms.text.truncation import truncate
from cms.visibility import visible_to


def sections(user):
    """Return the originals that have pages below them and that `user` may see, as in the tree."""
    kinds = [model for model in get_page_models() if model.allowed_subpage_models()]
    originals = Page.objects.exact_type(*kinds).filter(
        locale__language_code=settings.LANGUAGE_CODE, depth__gt=2, numchild__gt=0
    )
    return visible_to(user, originals).order_by("path")


class SectionField(forms.ModelChoiceField):
    """A choice of sections, indented as they stand in the tree."""

    def label_from_instance(self, page):
        """Return the title; sections begin below the home page."""
        return "\u2003" * (page.depth - 3) + truncate(page.title)
