"""Related pages as a block."""

import copy
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import PageChooserBlock
from wagtail.models import Page

from cms.blocks.translatable import UntranslatedMixin
from cms.restrictions import with_restriction_state
from cms.text.keys import valid_keys
from cms.visibility.viewer import title_for_viewer

MAX_PAGES = 8


class TranslatedPageChooserBlock(UntranslatedMixin, PageChooserBlock):
    """Chooser for a page that also loads the translations that readers may read.

    wagtail-localize copies the page of the source language. The block chooses the translation when
    it is rendered, so nothing is left to translate.
    """

    def bulk_to_python(self, values: Iterable[object]) -> list[Page | None]:
        """Return the pages with the keys `values`, each with its translations, in one query.

        The attribute `readable` of a page maps languages to its live and unrestricted translations,
        including the page itself. An invalid key counts as the key of a deleted page. Old or
        imported content may hold invalid keys.
        """
        values = valid_keys(values)
        keys = Page.objects.filter(pk__in=[pk for pk in values if pk]).values("translation_key")
        translations = with_restriction_state(Page.objects.filter(translation_key__in=keys))
        chosen: dict[int | None, Page] = {}
        readable: dict[UUID, dict[str, Page]] = {}
        for page in translations.select_related("locale"):
            chosen[page.pk] = page
            page.readable = readable.setdefault(page.translation_key, {})
            if page.live and not page.may_be_restricted:
                page.readable[page.locale.language_code] = page
        return [copy.copy(chosen.get(pk)) for pk in values]

    def render_basic(self, value: Page | None, context: dict[str, Any] | None = None) -> str:
        """Return the title that the viewer may see, for a comparison of revisions.

        A comparison passes no context. Templates for readers pass one, and get the link that
        Wagtail renders.
        """
        if context is not None or not value:
            return super().render_basic(value, context)
        return escape(title_for_viewer(value))


class RelatedValue(blocks.StructValue):
    """The value of related pages, with a property for its template."""

    @property
    def readable_pages(self) -> list[Page]:
        """Return the pages that readers of the active language may read, in the editors' order."""
        pages = [page for page in self["pages"] if page]
        if not all(hasattr(page, "readable") for page in pages):
            # In a preview the pages come directly from the form.
            chooser = self.block.child_blocks["pages"].child_block
            pages = chooser.bulk_to_python([page.pk for page in pages])
        language = get_language()
        return [page.readable[language] for page in pages if language in page.readable]


class RelatedBlock(blocks.StructBlock):
    """Links to existing pages that belong to this one."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("Without one, it says “Related articles”."),
    )
    pages = blocks.ListBlock(
        TranslatedPageChooserBlock(label=_("Page")),
        label=_("Pages"),
        min_num=1,
        max_num=MAX_PAGES,
        help_text=_("Readers in another language are led to the translation where there is one."),
    )

    class Meta:
        icon = "link"
        label = _("Related articles")
        description = _("Links to articles and pages that belong to this one.")
        template = "cms/blocks/related.html"
        preview_template = "cms/blocks/related_preview.html"
        value_class = RelatedValue
