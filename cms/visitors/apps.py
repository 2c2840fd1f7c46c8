from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitorsConfig(AppConfig):
    """The live count of people on the site."""

    name = "cms.visitors"
    label = "visitors"
    verbose_name = _("Visitors")
