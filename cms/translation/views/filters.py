"""The filters of the board."""

from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale, Page

from cms.translation.models import PageTranslation, PageTranslationQuerySet, State
from cms.translation.views.sections import SectionField, sections

ME, NOBODY = "me", "nobody"


def state_choices(states: Iterable[State] = State) -> list[tuple[str, str | Promise]]:
    """Return form choices for these states."""
    return [(state.value, capfirst(state.label)) for state in states]


class SectionFilter(django_filters.ModelChoiceFilter):
    """Selects the pages of one section and of all pages below it."""

    field_class = SectionField

    def filter(
        self, rows: PageTranslationQuerySet, section: Page | None
    ) -> PageTranslationQuerySet:
        """Return the rows of the section, or all rows if none is chosen."""
        return rows.of_pages_below(section) if section else rows


class WorkFilter(django_filters.ChoiceFilter):
    """Selects the rows of the user's own work, or the rows on which nobody works yet."""

    parent: "BoardFilterSet"

    def filter(self, rows: QuerySet[PageTranslation], whose: str) -> QuerySet[PageTranslation]:
        """Return the rows by their translator."""
        if whose == ME:
            return rows.filter(translator=self.parent.request.user)
        return rows.filter(translator=None) if whose == NOBODY else rows


class BoardFilterSet(WagtailFilterSet):
    """The filters of the board, with a choice of locale if there are several `locales`."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=state_choices,
        # A row has only one state.
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    section = SectionFilter(
        label=_("Section"),
        queryset=lambda request: sections(request.user),
        empty_label=_("All"),
    )
    work = WorkFilter(
        label=_("Who works on it"),
        choices=[(ME, _("I do")), (NOBODY, _("Nobody yet"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PageTranslation
        fields: list[str] = []

    def __init__(self, *args: Any, locales: Sequence[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(locales) > 1:
            self.filters["locale"] = django_filters.ChoiceFilter(
                field_name="locale",
                label=_("Language"),
                choices=[(locale.pk, locale.get_display_name()) for locale in locales],
                empty_label=_("All"),
                widget=forms.RadioSelect,
            )
