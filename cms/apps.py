from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from cms.text.catalogues import fall_back_to_source_text


class CmsConfig(AppConfig):
    """The base app: the frame around every page, and the code that pages of all apps share."""

    name = "cms"
    default = True
    verbose_name = _("Site frame")

    def ready(self) -> None:
        """Connect signal handlers, register chores and set the fallback for translations."""
        fall_back_to_source_text()
        import cms.addresses.signal_handlers
        import cms.operations.database
        import cms.renditions.drawing
        import cms.renditions.renaming
        import cms.users.attempts
        import cms.visibility.signal_handlers  # noqa: F401 - importing them registers all this


class PortalUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with this project's forms and views for users and groups."""

    group_viewset = "cms.users.groups.PortalGroupViewSet"
    user_viewset = "cms.users.accounts.PortalUserViewSet"
