"""Backup of a whole site in one archive: database, media, and a manifest that verifies both."""
