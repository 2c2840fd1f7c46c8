"""A public site. Every variable it reads stands in docs/settings.md."""

from urllib.parse import urlsplit

from settings import environment
from settings.base import *  # noqa: F403 - a settings module is base plus its differences

DEBUG = False
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.hosts()
DATABASES = environment.database()
MEDIA_ROOT = environment.text("MEDIA_ROOT")
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
VISITOR_TOKENS_PER_ADDRESS = environment.positive_integer("VISITOR_TOKENS_PER_ADDRESS", 1000)

# The scheme of the public address decides all that depends on HTTPS.
SITE_URL = WAGTAILADMIN_BASE_URL = environment.site_url()
HTTPS = urlsplit(SITE_URL).scheme == "https"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False

REDIS_URL = environment.redis_url()
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
