"""Settings > Groups: nobody gives a right that they lack."""

from django.contrib.auth.models import AbstractBaseUser, Group
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.ui.tables import TitleColumn
from wagtail.users.views import groups

from cms.users.descriptions import described
from cms.users.forms import PortalGroupForm
from cms.users.refusals import RefusedError, groups_out_of_reach, why_not_group
from cms.users.rights import Rights, lacking, rights_of, rights_of_groups
from cms.users.views import (
    DeletedUnlessRefusedMixin,
    ObjectWithinReachMixin,
    SavedUnlessRefusedMixin,
)


class OwnRightsMixin(SavedUnlessRefusedMixin):
    """A view that saves a group, unless it then has rights that whoever saves it lacks."""

    def save_instance(self) -> Group:
        """Save the form with all its panels, then compare: so no panel can be forgotten.

        Wagtail saves the panels once more afterwards, which changes nothing.
        """
        # Before saving: this may be a group of one's own.
        own = rights_of(self.request.user)
        group = super().save_instance()
        for panel in self.permission_panel_forms:
            panel.save()
        if missing := lacking(own, rights_of_groups([group])[group.pk]):
            # Put in words once the saving is undone: a right of one's own to a page, just
            # saved, would tell its title.
            raise RefusedError(lazy(why_not_given, str)(missing, self.request.user))
        return group


def why_not_given(missing: Rights, user: AbstractBaseUser) -> str:
    """Return why `user` may not give the rights `missing`."""
    return _("You cannot give rights that you lack: %(rights)s.") % {
        "rights": described(missing, user)
    }


class GroupIndexView(groups.IndexView):
    """The list of groups; those that may do more than the reader lead nowhere."""

    def get_table(self, object_list):
        """Find out once for the whole page which groups are closed to the reader."""
        self.closed = groups_out_of_reach(self.request.user, object_list)
        return super().get_table(object_list)

    @cached_property
    def columns(self) -> list:
        """Return Wagtail's one column, with links to what may be changed."""
        return [
            TitleColumn(
                "name", label=pgettext("group", "Name"), sort_key="name", get_url=self.get_edit_url
            )
        ]

    def get_edit_url(self, instance) -> str | None:
        """Return where the group is changed, for those who may."""
        return None if instance.pk in self.closed else super().get_edit_url(instance)


class GroupCreateView(OwnRightsMixin, groups.CreateView):
    """The making of a group."""


class GroupEditView(ObjectWithinReachMixin, OwnRightsMixin, groups.EditView):
    """The changing of a group."""

    def why_not(self) -> str:
        """Nobody changes a group that may do more than they, not even its name: its members
        may do as much as it.
        """
        return why_not_group(self.request.user, self.get_object())


class GroupDeleteView(ObjectWithinReachMixin, DeletedUnlessRefusedMixin, groups.DeleteView):
    """The deleting of a group."""

    def why_not(self) -> str:
        """Nobody deletes a group that may do more than they."""
        return why_not_group(self.request.user, self.object)


class PortalGroupViewSet(groups.GroupViewSet):
    """Groups, in our views."""

    index_view_class = GroupIndexView
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[PortalGroupForm]:
        """Return our form in place of Wagtail's."""
        return PortalGroupForm
