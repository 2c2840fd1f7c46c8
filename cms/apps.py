from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from cms.catalogues import fall_back_to_the_source


class CmsConfig(AppConfig):
    """The frame that every page stands in, and what pages of all rooms share."""

    name = "cms"
    default = True
    verbose_name = _("Site frame")

    def ready(self):
        """Connect the signal handlers, and say where missing translations come from."""
        fall_back_to_the_source()
        from cms import database, renditions, signal_handlers  # noqa: F401 - importing connects them


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users and groups, with forms and views of ours."""

    group_viewset = "cms.users.groups.PortalGroupViewSet"
    user_viewset = "cms.people.PersonViewSet"
