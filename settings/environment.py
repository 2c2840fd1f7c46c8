"""Functions that read and check environment variables.

A missing or malformed variable ends the process with one line that names the variable, instead of a
traceback. This holds for `manage.py` and for gunicorn.
"""

import ipaddress
import os
import re
import secrets
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.conf.locale import LANG_INFO

# The language of the originals, and of URLs without a language code.
ORIGINAL_LANGUAGE = "vi"

# The URL schemes of the databases that the test suite runs on.
DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingError(SystemExit):
    """Stops the start with exit status 1. Its text is the only line that is printed."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting error: the environment variable {name} {problem}.")


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or `default` if it is missing or empty.

    Without a `default`, raise `SettingError`, which stops the start.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingError(name, "is missing (docs/settings.md says what it is for)")
    return default


def secret_key(name: str = "SECRET_KEY") -> str:
    """Return a key that is long enough to sign sessions: 50 characters or more."""
    value = text(name)
    if len(value) < 50:
        raise SettingError(name, f"must have 50 characters or more, not {len(value)}")
    return value


def secret_from_file(path: Path | str) -> str:
    """Return the key in the file at `path`. The first call creates the file."""
    path = Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Write the whole key or nothing, even on a full disk. An empty key would stop every later
        # start.
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            partial.touch(mode=0o600)
            partial.write_text(secrets.token_urlsafe(50))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return path.read_text()


def names(name: str, default: str | None = None) -> list[str]:
    """Return the items of a comma-separated variable as a list."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def languages(name: str = "LANGUAGES") -> list[tuple[str, str]]:
    """Return the languages of the site as pairs of code and name, each name in its own language."""
    codes = list(dict.fromkeys(code.lower() for code in names(name, "vi,en")))
    for code in codes:
        if "name_local" not in LANG_INFO.get(code, {}):
            raise SettingError(name, f"has {code!r}, no language that Django knows")
    if ORIGINAL_LANGUAGE not in codes:
        raise SettingError(name, f"must list {ORIGINAL_LANGUAGE}, the language of the originals")
    # Django writes "Tiếng Việt" with separate characters for its accents.
    own_names = [unicodedata.normalize("NFC", LANG_INFO[code]["name_local"]) for code in codes]
    return [(code, own[0].upper() + own[1:]) for code, own in zip(codes, own_names, strict=True)]


def hosts(name: str = "ALLOWED_HOSTS") -> list[str]:
    """Return the host names, and reject `*`, which would switch off Django's check."""
    found = names(name)
    for host in found or [""]:
        if not re.fullmatch(r"[\w.-]+", host):
            raise SettingError(name, f"must list plain host names, not {host!r}")
    return found


def positive_integer(name: str, default: int) -> int:
    """Return a whole number above zero."""
    value = text(name, str(default))
    if not value.isdecimal() or int(value) == 0:
        raise SettingError(name, f"must be a whole number above zero, not {value!r}")
    return int(value)


def networks(name: str, default: str = "") -> list[Network]:
    """Return the listed addresses and CIDR ranges as `ipaddress` networks."""
    found = []
    for item in names(name, default):
        try:
            found.append(ipaddress.ip_network(item, strict=False))
        except ValueError:
            raise SettingError(name, f"has {item!r}, no IP address or range") from None
    return found


def site_url(name: str = "SITE_URL") -> str:
    """Return the public URL of the site, without a trailing slash."""
    value = text(name).rstrip("/")
    try:
        parts = urlsplit(value)
        valid = bool(re.fullmatch(r"https?://[\w.-]+(:\d+)?", value) and parts.hostname)
        valid = valid and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid:
        raise SettingError(name, f"must look like https://example.vn, not {value!r}")
    return value


def redis_url(name: str = "REDIS_URL") -> str:
    """Return the URL of Redis, or an empty string if there is no Redis."""
    value = text(name, "")
    if value and urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise SettingError(name, "must look like redis://host:6379/0")
    return value


def make_folder(name: str, folder: Path) -> None:
    """Create the folder that the variable asks for, or raise `SettingError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(name, f"asks for the folder {folder}: {error.strerror}") from None


def database(
    name: str = "DATABASE_URL", default: str | None = None
) -> dict[str, dj_database_url.DBConfig]:
    """Return the settings of the default database, tuned for reliability.

    PostgreSQL connections stay open for a minute. Each connection is checked before use, so that a
    restart of the server costs no request. SQLite uses write-ahead logging and waits for a busy
    writer. It takes the write lock at the start of a transaction. A lock that is taken later in a
    transaction cannot wait.
    """
    url = text(name, default)
    scheme = url.partition(":")[0]
    if scheme not in DATABASE_SCHEMES:
        raise SettingError(name, f"must start with postgres:// or sqlite:///, not {scheme!r}")
    try:
        config = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except (ValueError, dj_database_url.ParseError):
        raise SettingError(name, "is no database address") from None
    if not config["NAME"] or (config["NAME"] == ":memory:" and ":memory:" not in url):
        raise SettingError(name, "names no database")
    if scheme == "sqlite":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL",
        }
        if config["NAME"] != ":memory:":
            make_folder(name, Path(config["NAME"]).parent)
    else:
        config["OPTIONS"] = {"connect_timeout": 3, **config.get("OPTIONS", {})}
    return {"default": config}
