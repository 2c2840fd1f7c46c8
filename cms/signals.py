"""Signals that the portal sends; any room may connect receivers."""

from django.dispatch import Signal

# Sent with `page` and `revision` before publishing; a receiver that raises prevents it.
about_to_publish = Signal()
