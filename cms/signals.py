"""Signals that the portal sends. Any package may connect receivers."""

from django.dispatch import Signal

# Sent with `page` and `revision` before a page is published. A receiver that raises an exception
# prevents the publication.
about_to_publish = Signal()
