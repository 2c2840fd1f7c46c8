"""The visits panel on the home page of the admin."""

import logging
from datetime import datetime

from django.db import Error
from django.forms.widgets import Script
from django.template import Context
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy

from cms.visitors.chart import Chart, chart
from cms.visitors.live_count import read_count
from cms.visitors.models import VisitorHour
from cms.visitors.statistics import Figures, figures, last_days, last_hours, zone

logger = logging.getLogger(__name__)

# Users with the permission to view hours may download the statistics.
statistics_policy = ModelPermissionPolicy(VisitorHour)


class VisitsPanel(Component):
    """A panel that shows all users of the admin how many visitors are online, and how many came.

    If the store or the database fails, the panel says that the values are not available.
    """

    name = "visits"
    template_name = "visitors/dashboard.html"
    # After the panels with pending work.
    order = 400

    class Media:
        css = {"all": ["visitors/dashboard.css"]}
        js = [Script("visitors/dashboard.js", type="module")]

    def get_context_data(self, parent_context: Context) -> dict[str, object]:
        """Return the live number, the figures, the charts, and whether to offer downloads."""
        online, at = read_count()
        return {
            "online": online,
            "at": at,
            "zone": zone(),
            "statistics": statistics(timezone.now()),
            "may_download": statistics_policy.user_has_permission(
                parent_context["request"].user, "view"
            ),
        }


def statistics(now: datetime) -> dict[str, Figures | Chart] | None:
    """Return the figures and charts of the panel, or `None` if the database fails."""
    try:
        return {
            "figures": figures(now),
            "days": chart(last_days(now), labels_every=7),
            "hours": chart(last_hours(now), labels_every=4),
        }
    except Error:
        logger.exception("The statistics of visits are not available")
        return None
