"""Downloads of the hours of visits as a file."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.visitors.dashboard import statistics_policy
from cms.visitors.models import VisitorHour
from cms.visitors.statistics import zone


def local(moment: datetime) -> datetime:
    """Return the minute of `moment` in the site's time zone, naive because spreadsheets need it."""
    return timezone.make_naive(moment, zone()).replace(second=0, microsecond=0)


def local_text(moment: datetime) -> str:
    """Return the minute of `moment` as text, in the format dd/mm/yyyy hh:mm."""
    return local(moment).strftime("%d/%m/%Y %H:%M")


class HoursView(PermissionCheckedMixin, SpreadsheetExportMixin, View):
    """Sends every counted hour, oldest first, to users with the permission to view hours."""

    permission_policy = statistics_policy
    permission_required = "view"
    spreadsheet_format: str | None = None
    export_filename = "visits"
    list_export = ["start", "visits", "peak", "peak_at"]
    custom_value_preprocess = {
        datetime: {
            SpreadsheetExportMixin.FORMAT_CSV: local_text,
            SpreadsheetExportMixin.FORMAT_XLSX: local,
        }
    }

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """Return the file in `spreadsheet_format`, "csv" or "xlsx"."""
        # The headings are translated here because the user's language is no longer active when the
        # stream is written.
        self.export_headings = {
            "start": _("Hour"),
            "visits": _("Visits"),
            "peak": _("Most online at once"),
            "peak_at": _("Time of the most"),
        }
        return self.as_spreadsheet(VisitorHour.objects.iterator(), self.spreadsheet_format)

    def stream_csv(self, queryset: Iterable[VisitorHour]) -> Iterator[bytes | str]:
        """Yield a byte order mark first, so that Excel recognises UTF-8."""
        yield BOM_UTF8
        yield from super().stream_csv(queryset)
