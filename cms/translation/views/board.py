"""The board, and the view that starts a translation.

The board lists the pages that wait for translation, the most urgent first.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Table
from wagtail.admin.views.generic import BaseListingView
from wagtail.models import Locale, Page

from cms.translation import localize
from cms.translation.board import lines, search_rows
from cms.translation.models import PageTranslation, PageTranslationQuerySet
from cms.translation.rights import may_start, target_locales_of, visible_rows
from cms.translation.starting import first_missing_above, start_translation, translated_parent_of
from cms.translation.views.base import AdminRequest
from cms.translation.views.columns import LineColumn, StepColumn
from cms.translation.views.filters import BoardFilterSet
from cms.visibility import may_see


class BoardView(BaseListingView):
    """Lists the pages in the languages that the user may translate into."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    verbose_name_plural = gettext_lazy("translations")
    index_url_name = "translations:board"
    index_results_url_name = "translations:board_results"
    filterset_class = BoardFilterSet
    is_searchable = True
    default_ordering = "-urgency"
    table_classname = "listing board"
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse users who have no language to translate into."""
        if not self.locales:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def locales(self) -> list[Locale]:
        """The locales whose rows the user sees."""
        return list(target_locales_of(self.request.user))

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """The columns. There is a language column if there is more than one language."""
        return [
            LineColumn("title", _("Title")),
            LineColumn("section", _("Section")),
            *([LineColumn("language", _("Language"))] if len(self.locales) > 1 else []),
            LineColumn("state", _("State"), sort_key="urgency"),
            LineColumn("progress", _("Translated")),
            LineColumn("translator", _("Who works on it")),
            LineColumn("changed", _("Last change")),
            LineColumn("posted", _("Original published"), sort_key="posted_at"),
            StepColumn("step", _("Next step")),
        ]

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Pass the user's locales to the filters."""
        return {**super().get_filterset_kwargs(), "locales": self.locales}

    def get_base_queryset(self) -> PageTranslationQuerySet:
        """Return the rows in the user's locales, of originals that the user may see."""
        rows = visible_rows(self.request.user).in_locales(self.locales)
        return rows.for_lines()

    def order_queryset(self, queryset: PageTranslationQuerySet) -> PageTranslationQuerySet:
        """Sort in the order of an index.

        The database can then return the first rows without sorting all of them.
        """
        if self.ordering.endswith("urgency"):
            rows = queryset.by_urgency()
        else:
            rows = queryset.order_by("-posted_at", "-pk")
        return rows if self.ordering.startswith("-") else rows.reverse()

    def search_queryset(self, queryset: PageTranslationQuerySet) -> PageTranslationQuerySet:
        """Search the words of the original and of the translation.

        Different spellings of a word match.
        """
        return search_rows(queryset, self.search_query) if self.is_searching else queryset

    def get_table(self, object_list: Iterable[PageTranslation]) -> Table:
        """Show `BoardLine`s instead of rows."""
        return super().get_table(lines(object_list, self.request.user))


@require_POST
def start(request: AdminRequest, page_id: int, language_code: str) -> HttpResponse:
    """Start the translation of a page, or continue one that somebody has started."""
    row = get_object_or_404(
        visible_rows(request.user).select_related("source_page", "locale"),
        # A query on the page's own primary key finds nothing if `page_id` is out of range.
        source_page__in=Page.objects.filter(pk=page_id),
        locale__language_code=language_code,
    )
    page, locale = row.source_page, row.locale
    if locale not in target_locales_of(request.user):
        raise PermissionDenied
    if translated_parent_of(page, locale) is None:
        report_missing_parent(request, page, locale)
        return redirect("translations:board")
    if not may_start(request.user, page, locale):
        raise PermissionDenied
    translated_page = start_translation(row, request.user)
    translation = localize.translation_of(translated_page)
    if translation is None:
        return redirect("wagtailadmin_pages:edit", translated_page.pk)
    return redirect("translations:edit", translation.pk)


def report_missing_parent(request: AdminRequest, page: Page, locale: Locale) -> None:
    """Add a message that names the page to translate before `page`, with a link to it."""
    first = first_missing_above(page, locale)
    assert first is not None  # at least the parent page is missing
    if not may_see(request.user, first):
        text = _(
            "“%(title)s” stands below a page that is not translated, and that you may not see."
        )
        messages.error(request, text % {"title": page.title})
        return
    text = _("Translate “%(above)s” first: “%(title)s” stands below it.")
    address = f"{reverse('translations:board')}?{urlencode({'q': first.title})}"
    messages.error(
        request,
        text % {"above": first.title, "title": page.title},
        buttons=[messages.button(address, _("Show on the board"))],
    )


urlpatterns = [
    path("", BoardView.as_view(), name="board"),
    path("results/", BoardView.as_view(results_only=True), name="board_results"),
    path("start/<int:page_id>/<str:language_code>/", start, name="start"),
]
