"""The people of the newsroom: accounts that need no e-mail address."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from cms.users.forms import KeepingAManagerMixin, offer_own_groups, refuse_others
from cms.users.names import NameFieldsMixin
from cms.users.views import UserCreateView, UserDeleteView, UserEditView, UserIndexView


class PersonFormMixin(NameFieldsMixin):
    """What `for_user` may do with an account.

    Nobody becomes a superuser here: the group of administrators has all the rights it needs, and
    must not be able to give more than it has. For the same reason `for_user` gives only the groups
    whose rights they have themselves.
    """

    def __init__(self, *args, for_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields.pop("is_superuser", None)
        offer_own_groups(self.fields["groups"], for_user)

    def clean_groups(self):
        """Refuse a group with rights that the giver lacks."""
        refuse_others(self.cleaned_data["groups"], self.for_user)
        return self.cleaned_data["groups"]


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    """The form of a new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - {"is_superuser"}


class PersonEditForm(KeepingAManagerMixin, PersonFormMixin, UserEditForm):
    """The form in which an account is changed, disabled, or given a new password."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - {"is_superuser"}


class PersonViewSet(UserViewSet):
    """Settings > Users."""

    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView
    # Wagtail's copying saves over the account that it copies.
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        """Return our forms in place of Wagtail's."""
        return PersonEditForm if for_update else PersonCreationForm
