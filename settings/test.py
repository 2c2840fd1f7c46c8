"""Settings for the test suite: production's rules on an embedded or a given database.

Comments explain the overrides.
"""

import tempfile
from pathlib import Path

from settings import environment
from settings.base import *  # noqa: F403 - a settings module is base plus its differences
from settings.base import INSTALLED_APPS, STORAGES

# `make lint` uses it to check whether a migration would lock or break a running site.
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]

# SQLite rebuilds a table for a new column, and the linter reports this as a breaking change. On
# PostgreSQL these migrations add columns with a default, and pass.
MIGRATION_LINTER_OPTIONS = {"ignore_name": ["0005_body_text", "0008_body_text", "0002_statistics"]}

DEBUG = False
SECRET_KEY = "only-for-tests-and-therefore-no-secret-whatever-it-says"  # noqa: S105 - signs nothing public
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"

# SQLite unless a server is given. The same suite runs on both.
DATABASES = environment.database(default="sqlite://:memory:")
# Django's test runner adds a prefix to the name. No connection may outlive a test.
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Each run stores its uploads in a new folder, so that the next run does not find them.
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-test-media-")
# Each run locks its own folder, so parallel suites do not wait for each other's password checks.
PASSWORD_LOCK_FILE = MEDIA_ROOT
# The suite's site stays open when a developer's own site is closed for maintenance.
MAINTENANCE_FILE = Path(MEDIA_ROOT) / "maintenance"

# Cheap hashes, because the suite signs in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# No manifest, because unit tests do not run `collectstatic` (the browser tests do).
STATIC_ROOT = None
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A page that is read twice fetches the visitor count once, even on a slow machine. So query budgets
# are exact.
VISITOR_SHARED_SECONDS = 3600

# No worker runs beside the suite, so background tasks run immediately.
TASKS = dict.fromkeys(
    ("default", "background"), {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
)
