"""Where beats are kept and counted: the site's own database, or Redis where `REDIS_URL` is set."""
