"""The people of the newsroom: accounts that need no e-mail address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class PersonFormMixin(forms.Form):
    """A name of one or two parts, an e-mail address where there is one.

    Nobody becomes a superuser here: the group of administrators has all the rights it needs, and
    must not be able to give more than it has.
    """

    email = forms.EmailField(label=_("E-mail"), required=False)
    first_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As it is to be read, family name first: Trần Thu Hà."),
    )
    last_name = forms.CharField(label=_("Further part of the name"), max_length=150, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    """The form of a new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - {"is_superuser"}


class PersonEditForm(PersonFormMixin, UserEditForm):
    """The form in which an account is changed, disabled, or given a new password."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - {"is_superuser"}


class PersonViewSet(UserViewSet):
    """Settings > Users."""

    def get_form_class(self, for_update=False):
        """Return our forms in place of Wagtail's."""
        return PersonEditForm if for_update else PersonCreationForm
