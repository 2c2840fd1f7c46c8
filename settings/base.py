"""Settings that all settings modules share.

The modules that import this one read the environment variables. Only LANGUAGES is read here.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from settings import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

INSTALLED_APPS = [
    "home",
    "news",
    "cms",
    "cms.visitors",
    "cms.translation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.apps.PortalUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.proxies.TrustedProxyMiddleware",
    "cms.visitors.middleware.VisitorsMiddleware",
    "cms.middleware.static.StaticFilesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.headers.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cms.middleware.request_cleaning.RequestCleaningMiddleware",
    "cms.middleware.compression.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.addresses.language.LanguageFromPathMiddleware",
    # Before every middleware that queries the database.
    "cms.operations.maintenance.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "cms.middleware.bad_requests.BadRequestMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.middleware.caching.SignedInCachingMiddleware",
    "cms.visibility.middleware.VisibilityMiddleware",
    "cms.translation.middleware.TranslationRightsMiddleware",
    "cms.deletion.middleware.RefusedDeletionMiddleware",
    "cms.addresses.gone.GoneMiddleware",
    "cms.addresses.redirect_caching.RedirectCachingMiddleware",
    "cms.addresses.redirect_targets.RedirectTargetsMiddleware",
    "cms.addresses.descendant_redirects.DescendantRedirectsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.users.middleware.PasswordLimitsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.context_processors.site_frame",
            ],
        },
    },
]

# Languages and formats

LANGUAGE_CODE = environment.ORIGINAL_LANGUAGE
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = environment.languages()
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# The portal's own texts, then the Vietnamese texts that Wagtail and its packages lack.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "cms" / "admin_locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
FORMAT_MODULE_PATH = ["cms.formats"]
USE_THOUSAND_SEPARATOR = True
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"

# A translation starts as a draft: untranslated Vietnamese never appears under /en/.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# No engine drafts translations unless one is set (settings/machine_translation.py).
WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, object] | None = None

# Files

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "cms.storage.atomic_files.AtomicFileStorage"},
    "staticfiles": {"BACKEND": "cms.storage.static_files.StaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cms.storage.upload_handler.TidyUploadHandler",
]

# The cache of renditions stores nothing. From a real cache, Wagtail would still return renditions
# that another process has renamed or deleted. Pages fetch their renditions in one query.
CACHES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

# While this file exists, the site is closed. `manage.py maintenance` creates and deletes the file.
MAINTENANCE_FILE = VAR_DIR / "maintenance"

# Accounts

AUTHENTICATION_BACKENDS = [
    "cms.users.backends.LimitedBackend",
    # Never checks a password. Sessions that began before the limits refer to this backend.
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cms.users.passwords.GuessablePasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# The portal needs no mail server. If a user forgets a password, an administrator sets a new one.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_PASSWORD_RESET_ENABLED = False

# One process of the machine at a time checks passwords. It locks this file and does not change it
# (cms/users/password_queue.py). The limits on wrong passwords are in cms/users/attempts.py.
PASSWORD_LOCK_FILE: Path | str = BASE_DIR / "manage.py"

# Security. cms/middleware/headers.py chooses the content policy for each kind of request.

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
}
TRUSTED_PROXIES: list[environment.Network] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Wagtail

WAGTAIL_SITE_NAME = _("News portal")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Wagtail would write a redirect for each page below a renamed page. cms/addresses/redirects.py
# writes one for all of them.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
WAGTAILSEARCH_BACKENDS = {
    # By default, PostgreSQL treats the text as English and drops "so", "do", "in" and "no".
    "default": {"BACKEND": "cms.search.backend", "SEARCH_CONFIG": "simple"}
}
WAGTAILADMIN_USER_LOGIN_FORM = "cms.users.sign_in.SignInForm"
WAGTAILIMAGES_IMAGE_MODEL = "cms.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.upload_form.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# The "50 megapixels" of a telephone are up to 8192 × 6144 pixels.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 8192 * 6144
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "jpeg", "webp": "jpeg", "heic": "jpeg"}
WAGTAILIMAGES_JPEG_QUALITY = 78
WAGTAILIMAGES_AVIF_QUALITY = 45
WAGTAILDOCS_DOCUMENT_MODEL = "cms.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "wagtailcore/password_required.html"  # noqa: S105 - a template
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["video/mp4", "video/webm"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.upload_form.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["doc", "docx", "mp4", "ods", "odt", "pdf", "webm", "xls", "xlsx"]

# `manage.py run_worker` runs background tasks later. Wagtail's own tasks run immediately.

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# The live count (cms/visitors). Times in seconds.

# By default there is no Redis. The live count is then stored in the database.
REDIS_URL = ""
VISITOR_BEAT_INTERVAL = 10
VISITOR_WINDOW = 12
VISITOR_SHARED_SECONDS = 2
VISITOR_BEATS_PER_SECOND = 500
VISITOR_TOKENS_PER_ADDRESS = 1000

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
