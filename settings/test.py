"""The suite: production's rules, on an embedded or a given database. Each override says why."""

import tempfile
from pathlib import Path

from settings import environment
from settings.base import *  # noqa: F403 - a settings module is base plus its differences
from settings.base import INSTALLED_APPS, STORAGES

# `make lint` asks it whether a migration would lock or break a running site.
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]

# SQLite rebuilds a table for a new column, which the linter takes for a breaking change; on
# PostgreSQL these add columns with a default, and pass.
MIGRATION_LINTER_OPTIONS = {"ignore_name": ["0005_body_text", "0008_body_text", "0002_statistics"]}

DEBUG = False
SECRET_KEY = "only-for-tests-and-therefore-no-secret-whatever-it-says"  # noqa: S105 - signs nothing public
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"

# SQLite unless a server is given; the same suite runs on both.
DATABASES = environment.database(default="sqlite://:memory:")
# Django's test runner prefixes the name; nothing may keep a connection that outlives a test.
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Uploads of a run go where the next run does not find them.
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-test-media-")
# Suites that run side by side do not wait for each other's passwords.
PASSWORD_TURN_FILE = MEDIA_ROOT
# A developer's own site that is closed does not close the suite's.
MAINTENANCE_FILE = Path(MEDIA_ROOT) / "maintenance"

# Cheap hashes: the suite signs in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# No manifest: `collectstatic` is not part of a unit test (the browser tests do run it).
STATIC_ROOT = None
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A page read twice asks for the number once, however slow the machine: budgets are exact.
VISITOR_SHARED_SECONDS = 3600

# No worker runs beside the suite: what goes to the background is done at once.
TASKS = dict.fromkeys(
    ("default", "background"), {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
)
