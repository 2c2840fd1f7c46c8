"""Views of Settings > Groups, in which no user can grant a right that they lack."""

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.ui.tables import Table, TitleColumn
from wagtail.users.views import groups

from cms.users.descriptions import describe_rights
from cms.users.forms import PortalGroupForm
from cms.users.refusals import RefusedError, groups_with_more_rights, reason_not_to_change_group
from cms.users.rights import Rights, missing_rights, rights_of, rights_of_groups
from cms.users.views import (
    DeletedUnlessRefusedMixin,
    RefuseObjectWithMoreRightsMixin,
    SavedUnlessRefusedMixin,
)


class GrantableRightsMixin(SavedUnlessRefusedMixin):
    """A view that saves a group, unless the group then has rights that the acting user lacks."""

    def save_instance(self) -> Group:
        """Save the form with all its panels, then compare the rights.

        Comparing the saved rights ensures that no panel is forgotten. Wagtail saves the panels
        again afterwards, which changes nothing.
        """
        # The user's rights are read before saving, because the user may belong to this group.
        own = rights_of(self.request.user)
        group = super().save_instance()
        for panel in self.permission_panel_forms:
            panel.save()
        if missing := missing_rights(own, rights_of_groups([group])[group.pk]):
            # The message is lazy, so that it is composed after the rollback. Before that, the
            # user's own new right to a page would reveal the page's title.
            raise RefusedError(lazy(reason_not_to_grant, str)(missing, self.request.user))
        return group


def reason_not_to_grant(missing: Rights, user: User) -> str:
    """Return why `user` may not grant the rights `missing`."""
    return _("You cannot give rights that you lack: %(rights)s.") % {
        "rights": describe_rights(missing, user)
    }


class GroupIndexView(groups.IndexView):
    """The list of groups, without links to groups with rights that the user lacks."""

    def get_table(self, object_list: QuerySet[Group]) -> Table:
        """Find the groups that the user may not change, once for the whole list page."""
        self.closed = groups_with_more_rights(self.request.user, object_list)
        return super().get_table(object_list)

    @cached_property
    def columns(self) -> list[TitleColumn]:
        """Return Wagtail's only column, with links to the groups that the user may change."""
        return [
            TitleColumn(
                "name", label=pgettext("group", "Name"), sort_key="name", get_url=self.get_edit_url
            )
        ]

    def get_edit_url(self, instance: Group) -> str | None:
        """Return the URL of the edit view, or `None` if the user may not change the group."""
        return None if instance.pk in self.closed else super().get_edit_url(instance)


class GroupCreateView(GrantableRightsMixin, groups.CreateView):
    """The view that creates a group."""


class GroupEditView(RefuseObjectWithMoreRightsMixin, GrantableRightsMixin, groups.EditView):
    """The view that changes a group."""

    def refusal_reason(self) -> str:
        """Return the reason if the group has rights that the user lacks, else "".

        The user may not even change the group's name, because its members have all its rights.
        """
        return reason_not_to_change_group(self.request.user, self.get_object())


class GroupDeleteView(
    RefuseObjectWithMoreRightsMixin, DeletedUnlessRefusedMixin, groups.DeleteView
):
    """The view that deletes a group."""

    def refusal_reason(self) -> str:
        """Return the reason if the group has rights that the user lacks, else ""."""
        return reason_not_to_change_group(self.request.user, self.object)


class PortalGroupViewSet(groups.GroupViewSet):
    """Wagtail's viewset for groups with this project's views."""

    index_view_class = GroupIndexView
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[PortalGroupForm]:
        """Return this project's form instead of Wagtail's."""
        return PortalGroupForm
