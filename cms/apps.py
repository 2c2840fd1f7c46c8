from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from cms.text.catalogues import fall_back_to_the_source


class CmsConfig(AppConfig):
    """The base app: the frame around every page, and the code that pages of all apps share."""

    name = "cms"
    default = True
    verbose_name = _("Site frame")

    def ready(self):
        """Connect signal handlers, register chores and set the fallback for translations."""
        fall_back_to_the_source()
        from cms.addresses import signal_handlers as redirects  # noqa: F401 - connects receivers
        from cms.operations import database  # noqa: F401 - connects a receiver
        from cms.renditions import drawing, renaming  # noqa: F401 - have receivers and a chore
        from cms.users import attempts  # noqa: F401 - registers a chore
        from cms.visibility import signal_handlers as privacy  # noqa: F401 - connects receivers


class PortalUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with this project's forms and views for users and groups."""

    group_viewset = "cms.users.groups.PortalGroupViewSet"
    user_viewset = "cms.users.accounts.PortalUserViewSet"
