"""Deleting pages in the admin: what is refused, and with which reason."""
