from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """The frame that every page stands in, and what pages of all rooms share."""

    name = "cms"
    verbose_name = _("Site frame")

    def ready(self):
        """Connect the signal handlers."""
        # Connected by importing.
        from cms import renditions, signal_handlers  # noqa: F401
