"""Code that keeps the site running: the worker, backups, health checks and maintenance."""
