from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from cms.text.catalogues import fall_back_to_the_source


class CmsConfig(AppConfig):
    """The frame that every page stands in, and what pages of all rooms share."""

    name = "cms"
    default = True
    verbose_name = _("Site frame")

    def ready(self):
        """Connect signal handlers and chores, and say where missing translations come from."""
        fall_back_to_the_source()
        # Importing connects them.
        from cms.addresses import signal_handlers as of_addresses  # noqa: F401
        from cms.operations import database  # noqa: F401
        from cms.renditions import drawing, renaming  # noqa: F401
        from cms.users import attempts  # noqa: F401
        from cms.visibility import signal_handlers as of_visibility  # noqa: F401


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users and groups, with forms and views of ours."""

    group_viewset = "cms.users.groups.PortalGroupViewSet"
    user_viewset = "cms.users.accounts.PersonViewSet"
