"""Settings for a public site. docs/settings.md describes every variable that is read here."""

from urllib.parse import urlsplit

from settings import environment, machine_translation
from settings.base import *  # noqa: F403 - a settings module is base plus its differences
from settings.base import BASE_DIR, CACHES, MAINTENANCE_FILE, STATIC_ROOT

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.hosts()
DATABASES = environment.database()
MEDIA_ROOT = environment.text("MEDIA_ROOT")
STATIC_ROOT = BASE_DIR / environment.text("STATIC_ROOT", str(STATIC_ROOT))
MAINTENANCE_FILE = BASE_DIR / environment.text("MAINTENANCE_FILE", str(MAINTENANCE_FILE))
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
VISITOR_BEATS_PER_SECOND = environment.positive_integer("VISITOR_BEATS_PER_SECOND", 500)
VISITOR_TOKENS_PER_ADDRESS = environment.positive_integer("VISITOR_TOKENS_PER_ADDRESS", 1000)
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translation.engine()

# The scheme of the public URL decides all settings that depend on HTTPS.
SITE_URL = WAGTAILADMIN_BASE_URL = environment.site_url()
HTTPS = urlsplit(SITE_URL).scheme == "https"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False

REDIS_URL = environment.redis_url()
if REDIS_URL:
    # If Redis is down or slow, the cache is empty and the site still works
    # (cms/operations/guarded_redis.py).
    CACHES["default"] = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "IGNORE_EXCEPTIONS": True,
            "CONNECTION_FACTORY": "cms.operations.guarded_redis.GuardedConnectionFactory",
            "SERIALIZER": "cms.operations.guarded_redis.ForgivingSerializer",
        },
    }
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = False
