"""Form fields for an account's names and e-mail address.

Wagtail requires more of them than members of a newsroom have.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NameFieldsMixin(forms.Form):
    """Fields for a name of one or two parts and an optional e-mail address."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    first_name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=150,
        help_text=_("As it is to be read, family name first: Trần Thu Hà."),
    )
    last_name = forms.CharField(label=_("Further part of the name"), max_length=150, required=False)
