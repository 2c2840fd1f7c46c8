"""The visits on the admin's first page."""

import logging

from django.db import Error
from django.forms.widgets import Script
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy

from cms.visitors.chart import chart
from cms.visitors.known_count import read_count
from cms.visitors.models import VisitorHour
from cms.visitors.statistics import figures, last_days, last_hours, zone

logger = logging.getLogger(__name__)

# Who may download the statistics: who has the right to view hours.
statistics_policy = ModelPermissionPolicy(VisitorHour)


class VisitsPanel(Component):
    """Shows everybody in the admin how many are online, and how many came.

    What the store or the database does not tell is said to be not available.
    """

    name = "visits"
    template_name = "visitors/dashboard.html"
    order = 400  # after the work that waits

    class Media:
        css = {"all": ["visitors/dashboard.css"]}
        js = [Script("visitors/dashboard.js", type="module")]

    def get_context_data(self, parent_context):
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


def statistics(now):
    """Return what the panel shows besides the live number, `None` if the database fails."""
    try:
        return {
            "figures": figures(now),
            "days": chart(last_days(now), labels_every=7),
            "hours": chart(last_hours(now), labels_every=4),
        }
    except Error:
        logger.exception("The statistics of visits are not available")
        return None
