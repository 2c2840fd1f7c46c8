"""Signals of the portal, for whatever room wants to hear of them."""

from django.dispatch import Signal

about_to_publish = Signal()
"""Sent with `page` and `revision` before a page is published; who raises prevents it."""
