"""Settings > Users: accounts, and who may change whose."""

from django.http import HttpRequest, HttpResponse
from wagtail.users.views import users

from cms.users.managers import keeping_a_manager
from cms.users.refusals import RefusedError, out_of_reach, refuse, why_not_account


class ForUserMixin:
    """A view whose form knows who fills it in."""

    def get_form_kwargs(self) -> dict:
        """Tell the form who fills it in."""
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class ObjectWithinReachMixin:
    """A view of one object that is closed to whoever lacks a right that the object has."""

    def why_not(self) -> str:
        """Return why this user may not change the object, or nothing."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Refuse before anything is shown; Wagtail refuses those who may change no object."""
        if self.user_has_permission(self.permission_required) and (reason := self.why_not()):
            return refuse(request, reason)
        return super().dispatch(request, *args, **kwargs)


class SavedUnlessRefusedMixin:
    """A view that saves a form, unless what is saved has to be undone."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the form again with the reason if saving was refused.

        Caught here and not in `form_valid`, after which a group's panels are saved in any case.
        """
        try:
            return super().post(request, *args, **kwargs)
        except RefusedError as refusal:
            self.form.add_error(None, str(refusal))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(self.form)


class DeletedUnlessRefusedMixin:
    """A view that deletes, unless that has to be undone."""

    def delete_action(self) -> None:
        """Delete, and see that somebody can still manage users."""
        with keeping_a_manager():
            super().delete_action()

    def form_valid(self, form) -> HttpResponse:
        """Say why deleting was refused."""
        try:
            return super().form_valid(form)
        except RefusedError as refusal:
            return refuse(self.request, str(refusal))


class UserIndexView(users.IndexView):
    """The list of accounts; those that may do more than the viewer have no links."""

    def get_table(self, object_list):
        """Find out once for the whole page which accounts the viewer may not change."""
        self.closed = out_of_reach(self.request.user, object_list)
        return super().get_table(object_list)

    def get_list_buttons(self, instance) -> list:
        """Return the menu of an account, and none where Wagtail would show an empty one."""
        return [] if instance.pk in self.closed else super().get_list_buttons(instance)

    def get_edit_url(self, instance) -> str | None:
        """Return where the account is changed, for those who may."""
        return None if instance.pk in self.closed else super().get_edit_url(instance)

    def get_delete_url(self, instance) -> str | None:
        """Return where the account is deleted, for those who may."""
        return None if instance.pk in self.closed else super().get_delete_url(instance)


class UserCreateView(ForUserMixin, users.CreateView):
    """The making of an account."""


class UserEditView(ObjectWithinReachMixin, ForUserMixin, SavedUnlessRefusedMixin, users.EditView):
    """The changing of an account."""

    def why_not(self) -> str:
        """Nobody changes an account that may do more than their own."""
        return why_not_account(self.request.user, self.object)


class UserDeleteView(ObjectWithinReachMixin, DeletedUnlessRefusedMixin, users.DeleteView):
    """The deleting of an account."""

    def why_not(self) -> str:
        """Nobody deletes an account that may do more than their own."""
        return why_not_account(self.request.user, self.object)
