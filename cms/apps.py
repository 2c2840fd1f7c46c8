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
        from cms.addresses import signal_handlers  # noqa: F401 - connects receivers
        from cms.operations import database  # noqa: F401 - connects a receiver
        from cms.renditions import drawing, renaming  # noqa: F401 - receivers, and a chore
        from cms.users import attempts  # noqa: F401 - registers a chore
        from cms.visibility import kept_restrictions  # noqa: F401 - connects receivers


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's users and groups, with forms and views of ours."""

    group_viewset = "cms.users.groups.PortalGroupViewSet"
    user_viewset = "cms.users.accounts.PersonViewSet"
