"""Deleting pages in the admin: what is refused, and why."""
