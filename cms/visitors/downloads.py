"""The hours of visits as a file."""

from codecs import BOM_UTF8
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.visitors.dashboard import statistics_policy
from cms.visitors.models import VisitorHour
from cms.visitors.statistics import zone


def local(moment):
    """Return the minute of `moment` in the zone of the site, as spreadsheets take it: naive."""
    return timezone.make_naive(moment, zone()).replace(second=0, microsecond=0)


def local_text(moment):
    """Return the minute of `moment` as it is written here."""
    return local(moment).strftime("%d/%m/%Y %H:%M")


class HoursView(PermissionCheckedMixin, SpreadsheetExportMixin, View):
    """Sends every hour that was counted, oldest first, to who has the right to view them."""

    permission_policy = statistics_policy
    permission_required = "view"
    spreadsheet_format = None
    export_filename = "visits"
    list_export = ["start", "visits", "peak", "peak_at"]
    custom_value_preprocess = {
        datetime: {
            SpreadsheetExportMixin.FORMAT_CSV: local_text,
            SpreadsheetExportMixin.FORMAT_XLSX: local,
        }
    }

    def get(self, request):
        """Answer with the file in `spreadsheet_format`, "csv" or "xlsx"."""
        # Worded now: a stream is written when the language of who asked is no longer known.
        self.export_headings = {
            "start": _("Hour"),
            "visits": _("Visits"),
            "peak": _("Most online at once"),
            "peak_at": _("Time of the most"),
        }
        return self.as_spreadsheet(VisitorHour.objects.iterator(), self.spreadsheet_format)

    def stream_csv(self, queryset):
        """Tell Excel first, in its way, that this is UTF-8."""
        yield BOM_UTF8
        yield from super().stream_csv(queryset)
