"""Settings for one person's machine: the demo and development. The default of `manage.py`."""

from settings import environment, machine_translation
from settings.base import *  # noqa: F403 - a settings module is base plus its differences
from settings.base import STORAGES, VAR_DIR

DEBUG = environment.text("DEBUG", "1") == "1"
SECRET_KEY = environment.secret_from_file(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = environment.database(default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
MEDIA_ROOT = environment.text("MEDIA_ROOT", str(VAR_DIR / "media"))
SITE_URL = WAGTAILADMIN_BASE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000")

# Static files are served directly, without collecting them first.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translation.engine()
