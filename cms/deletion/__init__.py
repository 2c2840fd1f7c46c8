"""Deletion of pages in the admin: the rules that refuse it, and the messages that say why."""
