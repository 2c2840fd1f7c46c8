"""How the board is narrowed down."""

import django_filters
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cms.translation.models import PageTranslation, State
from cms.translation.views.sections import SectionField, sections

ME, NOBODY = "me", "nobody"


def state_choices(states=State):
    """Return the choices of some of the states."""
    return [(state.value, capfirst(state.label)) for state in states]


class SectionFilter(django_filters.ModelChoiceFilter):
    """Leaves the pages of one section and of those below it."""

    field_class = SectionField

    def filter(self, rows, section):
        """Return the rows of the section, all where none is chosen."""
        return rows.of_pages_below(section) if section else rows


class WorkFilter(django_filters.ChoiceFilter):
    """Leaves what is the work of the user, or of nobody yet."""

    def filter(self, rows, whose):
        """Return the rows by their translator."""
        if whose == ME:
            return rows.filter(translator=self.parent.request.user)
        return rows.filter(translator=None) if whose == NOBODY else rows


class BoardFilterSet(WagtailFilterSet):
    """The filters of the board; among `locales` there is a choice where there are several."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=state_choices,
        distinct=False,  # a row has one state
        widget=forms.CheckboxSelectMultiple,
    )
    section = SectionFilter(
        label=_("Section"), queryset=lambda request: sections(request.user), empty_label=_("All")
    )
    work = WorkFilter(
        label=_("Who works on it"),
        choices=[(ME, _("I do")), (NOBODY, _("Nobody yet"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PageTranslation
        fields = []

    def __init__(self, *args, locales, **kwargs):
        super().__init__(*args, **kwargs)
        if len(locales) > 1:
            self.filters["locale"] = django_filters.ChoiceFilter(
                field_name="locale",
                label=_("Language"),
                choices=[(locale.pk, locale.get_display_name()) for locale in locales],
                empty_label=_("All"),
                widget=forms.RadioSelect,
            )
