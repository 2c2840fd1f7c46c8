"""The accounts of the newsroom, which need no e-mail address."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from cms.users.forms import (
    EnsureUserManagerRemainsMixin,
    limit_to_grantable_groups,
    refuse_ungrantable_groups,
)
from cms.users.names import NameFieldsMixin
from cms.users.views import UserCreateView, UserDeleteView, UserEditView, UserIndexView


class UserFormMixin(NameFieldsMixin):
    """A form for an account that limits the rights that `for_user` can grant.

    No user becomes a superuser through this form. The group of administrators has all the rights
    it needs, and must not be able to grant more rights than it has. For the same reason `for_user`
    can grant only groups whose rights they have themselves.
    """

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.fields.pop("is_superuser", None)
        groups = self.fields["groups"]
        assert isinstance(groups, ModelChoiceField)
        limit_to_grantable_groups(groups, for_user)

    def clean_groups(self) -> QuerySet[Group]:
        """Refuse groups with rights that `for_user` lacks."""
        refuse_ungrantable_groups(self.cleaned_data["groups"], self.for_user)
        return self.cleaned_data["groups"]


class PortalUserCreationForm(UserFormMixin, UserCreationForm):
    """The form of a new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields - {"is_superuser"}


class PortalUserEditForm(EnsureUserManagerRemainsMixin, UserFormMixin, UserEditForm):
    """The form that changes an account, disables it or sets a new password."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields - {"is_superuser"}


class PortalUserViewSet(UserViewSet):
    """The viewset of Settings > Users."""

    index_view_class = UserIndexView
    add_view_class = UserCreateView
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView
    # Wagtail's copy view overwrites the account that it copies.
    copy_view_enabled = False

    def get_form_class(
        self, for_update: bool = False
    ) -> type[PortalUserEditForm | PortalUserCreationForm]:
        """Return this project's form instead of Wagtail's."""
        return PortalUserEditForm if for_update else PortalUserCreationForm
