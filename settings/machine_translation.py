"""The engine that drafts translations. There is no engine unless the environment names one."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from settings import environment

PACKAGE = "wagtail_localize.machine_translators"
# Seconds after which a request to an engine times out.
TIMEOUT_SECONDS = 10

# The class of an engine and its options, as wagtail-localize reads them.
Engine = dict[str, object]


def engine() -> Engine | None:
    """Return wagtail-localize's setting for the engine, or `None` for no engine."""
    engines = {"deepl": deepl, "google": google, "libretranslate": libretranslate}
    name = environment.text("MACHINE_TRANSLATOR", "")
    if not name:
        return None
    if name not in engines:
        raise environment.SettingError(
            "MACHINE_TRANSLATOR", f"must be deepl, google or libretranslate, not {name!r}"
        )
    return engines[name]()


def deepl() -> Engine:
    """Return the setting for DeepL."""
    key = environment.text("DEEPL_AUTH_KEY")
    return {
        "CLASS": f"{PACKAGE}.deepl.DeepLTranslator",
        "OPTIONS": {"AUTH_KEY": key, "TIMEOUT": TIMEOUT_SECONDS},
    }


def google() -> Engine:
    """Return the setting for Google Cloud Translation.

    Its library is not part of the portal. The library itself reads the credentials from
    GOOGLE_APPLICATION_CREDENTIALS.
    """
    if find_spec("google") is None or find_spec("google.cloud.translate") is None:
        raise environment.SettingError(
            "MACHINE_TRANSLATOR", "needs the package google-cloud-translate to be google"
        )
    return {
        "CLASS": f"{PACKAGE}.google.GoogleCloudTranslator",
        "OPTIONS": {"PROJECT_ID": environment.text("GOOGLE_TRANSLATE_PROJECT")},
    }


def libretranslate() -> Engine:
    """Return the setting for a LibreTranslate server."""
    url = environment.text("LIBRETRANSLATE_URL").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https"):
        raise environment.SettingError("LIBRETRANSLATE_URL", "must look like https://host:5000")
    return {
        "CLASS": f"{PACKAGE}.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": url,
            "API_KEY": environment.text("LIBRETRANSLATE_API_KEY", ""),
            "TIMEOUT": TIMEOUT_SECONDS,
        },
    }
