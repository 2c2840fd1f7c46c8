"""Dates in the admin's forms."""

from django import forms
from django.core.exceptions import ValidationError

# Before it a date is a slip of the hand, and near year 1 one that no time zone can convert.
EARLIEST_YEAR = 1900


class DateTimeField(forms.DateTimeField):
    """Django's field, which takes no year that a database or a time zone cannot."""

    def to_python(self, value):
        """Refuse a date out of range as any other that is none."""
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
