"""Dates in the admin's forms."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError

# An earlier date is a typing error. No time zone can convert a date near year 1.
EARLIEST_YEAR = 1900


class DateTimeField(forms.DateTimeField):
    """Django's field, without years that a database or a time zone cannot handle."""

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        """Refuse a date that is out of range, with the same error as for any invalid date."""
        try:
            moment = super().to_python(value)
        except OverflowError:
            moment = None
            out_of_range = True
        else:
            out_of_range = moment is not None and moment.year < EARLIEST_YEAR
        if out_of_range:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment
