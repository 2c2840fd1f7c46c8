"""Stores that keep and count beats: the site's database, or Redis if `REDIS_URL` is set."""
