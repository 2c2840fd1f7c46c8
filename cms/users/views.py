"""Views of Settings > Users, which check whose accounts a user may change."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import BaseButton
from wagtail.users.views import users

from cms.users.refusals import (
    RefusedError,
    reason_not_to_change_user,
    refuse,
    users_with_more_rights,
)
from cms.users.user_management import ensure_user_manager_remains

# Only for mypy: the other base of each class has these methods.
if TYPE_CHECKING:
    from wagtail.admin.views.generic import EditView as Base
else:
    Base = object


class ForUserMixin(Base):
    """A view that passes the acting user to its form."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the acting user to the form's arguments."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class RefuseObjectWithMoreRightsMixin(Base):
    """A view of one account or group that refuses users who lack any of its rights."""

    def refusal_reason(self) -> str:
        """Return why this user may not change the object, or ""."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse before the view shows anything.

        Wagtail itself refuses users who may not change any object.
        """
        if self.user_has_permission(self.permission_required) and (reason := self.refusal_reason()):
            return refuse(request, reason)
        return super().dispatch(request, *args, **kwargs)


class SavedUnlessRefusedMixin(Base):
    """A view that saves a form, and shows the reason if saving was refused and undone."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form again with the reason if saving was refused.

        The error is caught here and not in `form_valid`, because Wagtail always saves a group's
        panels after `form_valid`.
        """
        try:
            return super().post(request, *args, **kwargs)
        except RefusedError as refusal:
            self.form.add_error(None, str(refusal))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(self.form)


class DeletedUnlessRefusedMixin(Base):
    """A view that deletes an object, and shows the reason if deleting was refused and undone."""

    def delete_action(self) -> None:
        """Delete the object, and undo this if nobody could manage users afterwards."""
        with ensure_user_manager_remains():
            super().delete_action()

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete the object, or show why deleting was refused."""
        try:
            return super().form_valid(form)
        except RefusedError as refusal:
            return refuse(self.request, str(refusal))


class UserIndexView(users.IndexView):
    """The list of accounts, without links to accounts with rights that the user lacks."""

    def get_table(self, object_list: QuerySet[User]) -> Table:
        """Find the accounts that the user may not change, once for the whole list page."""
        self.closed = users_with_more_rights(self.request.user, object_list)
        return super().get_table(object_list)

    def get_list_buttons(self, instance: User) -> list[BaseButton]:
        """Return the menu of an account, or nothing where Wagtail would show an empty menu."""
        return [] if instance.pk in self.closed else super().get_list_buttons(instance)

    def get_edit_url(self, instance: User) -> str | None:
        """Return the URL of the edit view, or `None` if the user may not change the account."""
        return None if instance.pk in self.closed else super().get_edit_url(instance)

    def get_delete_url(self, instance: User) -> str | None:
        """Return the URL of the delete view, or `None` if the user may not delete the account."""
        return None if instance.pk in self.closed else super().get_delete_url(instance)


class UserCreateView(ForUserMixin, users.CreateView):
    """The view that creates an account."""


class RefuseUserWithMoreRightsMixin(RefuseObjectWithMoreRightsMixin):
    """A view of one account that refuses users who lack any of its rights."""

    def refusal_reason(self) -> str:
        """Return the reason if the account has rights that the user lacks, else ""."""
        return reason_not_to_change_user(self.request.user, self.object)


class UserEditView(
    RefuseUserWithMoreRightsMixin, ForUserMixin, SavedUnlessRefusedMixin, users.EditView
):
    """The view that changes an account."""


class UserDeleteView(RefuseUserWithMoreRightsMixin, DeletedUnlessRefusedMixin, users.DeleteView):
    """The view that deletes an account."""
