"""Tests of environment variables: values are checked, and errors name the variable."""

import ipaddress
import json
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler
from django.utils.module_loading import import_string

from settings import environment, machine_translation

ROOT = Path(settings.BASE_DIR)
KEY = "k" * 50
COMPLETE = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example,www.portal.example",
    "DATABASE_URL": "postgres://portal:secret@db.example:5433/portal",
    "MEDIA_ROOT": "/srv/media",
    "SITE_URL": "https://portal.example",
}
PRINT_SETTINGS = """
import json
from settings import production
print(json.dumps({name: getattr(production, name) for name in %r}))
"""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    """Remove the site's environment variables before each test."""
    for name in documented_and_read()[1]:
        monkeypatch.delenv(name, raising=False)


def documented_and_read():
    """Return the text of docs/settings.md, and the names of the variables that settings/ reads."""
    page = ROOT / "docs" / "settings.md"
    sources = "\n".join(path.read_text() for path in (ROOT / "settings").glob("*.py"))
    names = set(re.findall(r'environment\.\w+\(\s*"([A-Z][A-Z_]+)"', sources))
    names |= set(re.findall(r'\bname(?:: str = |=)"([A-Z][A-Z_]+)"', sources))
    names |= set(re.findall(r'environ(?:\.get\(|\[)\s*"([A-Z][A-Z_]+)"', sources))
    return page.read_text() if page.exists() else "", names


def in_clean_process(*command, **variables):
    """Run Python in the project with a minimal environment and `variables`."""
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def assert_names_the_variable(error, name):
    """Assert that the error is one line for the operator, and names the variable."""
    line = str(error.value)
    assert name in line
    assert len(line.splitlines()) == 1
    assert isinstance(error.value, SystemExit)
    assert error.value.code not in (None, 0)


# Missing variables


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (environment.secret_key, "SECRET_KEY"),
        (environment.hosts, "ALLOWED_HOSTS"),
        (environment.database, "DATABASE_URL"),
        (environment.site_url, "SITE_URL"),
        (lambda: environment.text("MEDIA_ROOT"), "MEDIA_ROOT"),
        (lambda: environment.names("SOME_NAMES"), "SOME_NAMES"),
    ],
)
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_or_empty_required_variable_is_named(monkeypatch, read, name, value):
    if value is not None:
        monkeypatch.setenv(name, value)
    with pytest.raises(environment.SettingError) as error:
        read()
    assert_names_the_variable(error, name)


def test_what_is_optional_may_be_missing():
    assert environment.text("NOTHING", "usual") == "usual"
    assert environment.redis_url() == ""
    assert environment.networks("TRUSTED_PROXIES") == []
    assert environment.languages() == [("vi", "Tiếng Việt"), ("en", "English")]
    assert environment.positive_integer("VISITOR_TOKENS_PER_ADDRESS", 1000) == 1000
    assert environment.database(default="sqlite://:memory:")["default"]["NAME"] == ":memory:"


# Malformed variables


@pytest.mark.parametrize(
    ("read", "name", "value"),
    [
        (environment.secret_key, "SECRET_KEY", "k" * 49),
        (environment.hosts, "ALLOWED_HOSTS", "*"),
        (environment.hosts, "ALLOWED_HOSTS", "portal.example,*"),
        (environment.hosts, "ALLOWED_HOSTS", "*.portal.example"),
        (environment.hosts, "ALLOWED_HOSTS", "portal.example:8000"),
        (environment.hosts, "ALLOWED_HOSTS", "https://portal.example"),
        (environment.hosts, "ALLOWED_HOSTS", "portal.example/"),
        (environment.hosts, "ALLOWED_HOSTS", ","),
        (environment.hosts, "ALLOWED_HOSTS", "portal.example www.portal.example"),
        (environment.database, "DATABASE_URL", "mysql://portal@db.example/portal"),
        (environment.database, "DATABASE_URL", "garbage"),
        (environment.database, "DATABASE_URL", "postgres"),
        (environment.database, "DATABASE_URL", "postgres://db.example"),
        (environment.database, "DATABASE_URL", "postgres://db.example/"),
        (environment.database, "DATABASE_URL", "postgres://db.example:port/portal"),
        (environment.database, "DATABASE_URL", "postgres://db.example:99999/portal"),
        (environment.database, "DATABASE_URL", "postgres://[::1/portal"),
        (environment.database, "DATABASE_URL", "sqlite:////dev/null/portal.sqlite3"),
        (environment.site_url, "SITE_URL", "portal.example"),
        (environment.site_url, "SITE_URL", "//portal.example"),
        (environment.site_url, "SITE_URL", "ftp://portal.example"),
        (environment.site_url, "SITE_URL", "https://"),
        (environment.site_url, "SITE_URL", "https://portal.example/cong"),
        (environment.site_url, "SITE_URL", "https://portal.example:port"),
        (environment.site_url, "SITE_URL", "https://portal.example:99999"),
        (environment.site_url, "SITE_URL", "https://portal.example:0"),
        (environment.site_url, "SITE_URL", "https://portal.example?x=1"),
        (environment.site_url, "SITE_URL", "https://portal.example#x"),
        (lambda: environment.networks("TRUSTED_PROXIES"), "TRUSTED_PROXIES", "garbage"),
        (lambda: environment.networks("TRUSTED_PROXIES"), "TRUSTED_PROXIES", "10.0.0.1,10.0.0"),
        (lambda: environment.networks("TRUSTED_PROXIES"), "TRUSTED_PROXIES", "10.0.0.0/33"),
        (environment.languages, "LANGUAGES", "vi,en,xx"),
        (environment.languages, "LANGUAGES", "vi;en"),
        (environment.languages, "LANGUAGES", "en,fr"),
        (environment.languages, "LANGUAGES", ","),
        # Django knows only the code that replaces zh-cn, without a name for zh-cn itself.
        (environment.languages, "LANGUAGES", "vi,zh-cn"),
        (environment.redis_url, "REDIS_URL", "http://redis.example"),
        (environment.redis_url, "REDIS_URL", "redis.example:6379"),
        *(
            (
                lambda: environment.positive_integer("VISITOR_TOKENS_PER_ADDRESS", 1000),
                "VISITOR_TOKENS_PER_ADDRESS",
                value,
            )
            for value in ("-1", "0", "1.5", "many", "²")
        ),
    ],
)
def test_a_malformed_variable_is_named(monkeypatch, read, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.SettingError) as error:
        read()
    assert_names_the_variable(error, name)


def test_the_password_in_a_wrong_database_address_is_not_shown(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://portal:s3cr3t-w0rd@db.example/portal")
    with pytest.raises(environment.SettingError) as error:
        environment.database()
    assert "s3cr3t-w0rd" not in str(error.value)


def test_a_public_site_does_not_lose_its_content_in_an_unnamed_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    with pytest.raises(environment.SettingError) as error:
        environment.database()
    assert_names_the_variable(error, "DATABASE_URL")


# Valid variables


def test_right_values_are_read(monkeypatch):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, f" {value} ")
    assert environment.secret_key() == KEY
    assert environment.hosts() == ["portal.example", "www.portal.example"]
    assert environment.site_url() == "https://portal.example"
    assert environment.text("MEDIA_ROOT") == "/srv/media"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://portal.example/", "https://portal.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_the_site_address_ends_without_a_slash(monkeypatch, value, address):
    monkeypatch.setenv("SITE_URL", value)
    assert environment.site_url() == address


def test_proxies_are_single_addresses_and_ranges(monkeypatch):
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.1.2.3/8 ,fd00::/8,")
    assert environment.networks("TRUSTED_PROXIES") == [
        ipaddress.ip_network("127.0.0.1/32"),
        ipaddress.ip_network("10.0.0.0/8"),
        ipaddress.ip_network("fd00::/8"),
    ]


def test_each_language_is_named_in_itself_in_the_order_that_was_asked_for(monkeypatch):
    monkeypatch.setenv("LANGUAGES", "en, vi,FR,zh-hans,fr")
    assert environment.languages() == [
        ("en", "English"),
        ("vi", "Tiếng Việt"),
        ("fr", "Français"),
        ("zh-hans", "简体中文"),
    ]


def test_the_site_has_the_languages_that_were_asked_for():
    found = production_settings("LANGUAGES", "LANGUAGE_CODE", **COMPLETE, LANGUAGES="vi,fr")
    assert found["LANGUAGES"] == [["vi", "Tiếng Việt"], ["fr", "Français"]]
    assert found["LANGUAGE_CODE"] == "vi"


@pytest.mark.parametrize("value", ["redis://127.0.0.1:6379/0", "rediss://r.example", "unix:///r"])
def test_redis_addresses_are_accepted(monkeypatch, value):
    monkeypatch.setenv("REDIS_URL", value)
    assert environment.redis_url() == value


def test_a_kept_secret_is_made_once_and_is_the_owners_alone(tmp_path):
    path = tmp_path / "new folder" / "secret-key"
    key = environment.secret_from_file(path)
    assert len(key) >= 50
    assert environment.secret_from_file(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# Databases


def test_sqlite_writes_ahead_waits_and_locks_at_once(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new folder/portal.sqlite3")
    options = environment.database()["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]


@pytest.fixture
def opened_sqlite(monkeypatch, tmp_path, django_db_blocker):
    """A Django connection to an SQLite file, with the settings that `DATABASE_URL` produces."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new folder/portal.sqlite3")
    connection = ConnectionHandler(environment.database())["default"]
    with django_db_blocker.unblock():
        yield connection
        connection.close()


def pragma(connection, name):
    """Return the value that SQLite itself reports for one of its settings."""
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_on_an_open_sqlite_connection_the_options_are_in_force(opened_sqlite):
    assert pragma(opened_sqlite, "journal_mode") == "wal"
    assert pragma(opened_sqlite, "busy_timeout") >= 5000
    assert pragma(opened_sqlite, "synchronous") == 1
    assert pragma(opened_sqlite, "foreign_keys") == 1


def test_a_sqlite_transaction_holds_the_write_lock_from_its_start(opened_sqlite):
    opened_sqlite.ensure_connection()
    opened_sqlite.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    other = sqlite3.connect(opened_sqlite.settings_dict["NAME"], timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    opened_sqlite.rollback()


def test_postgresql_connections_are_checked_and_bounded(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", COMPLETE["DATABASE_URL"])
    database = environment.database()["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db.example", 5433)
    assert (database["NAME"], database["USER"]) == ("portal", "portal")
    assert database["CONN_MAX_AGE"] > 0
    assert database["CONN_HEALTH_CHECKS"] is True
    assert 0 < database["OPTIONS"]["connect_timeout"] < 4


def test_options_in_a_postgresql_address_are_kept(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example/portal?sslmode=require")
    options = environment.database()["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["connect_timeout"] < 4


def test_the_suite_runs_on_a_database_with_these_options():
    options = connections.settings["default"].get("OPTIONS", {})
    assert "transaction_mode" in options or "connect_timeout" in options


# A public site


def production_settings(*names, **variables):
    """Return the values that `settings.production` has in a process with `variables`."""
    done = in_clean_process("-c", PRINT_SETTINGS % (names,), **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", COMPLETE)
def test_production_stops_with_one_line_that_names_what_is_missing(name):
    variables = {key: value for key, value in COMPLETE.items() if key != name}
    done = in_clean_process("-c", "import settings.production", **variables)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr


def test_manage_py_stops_with_the_same_line():
    done = in_clean_process("manage.py", "check", DJANGO_SETTINGS_MODULE="settings.production")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "SECRET_KEY" in done.stderr


SAFETY = (
    "DEBUG",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
)


def test_an_https_address_turns_on_redirect_hsts_and_secure_cookies():
    found = production_settings(*SAFETY, **COMPLETE)
    assert found["DEBUG"] is False
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://portal.example"]


def test_an_http_address_leaves_them_off():
    found = production_settings(*SAFETY, **{**COMPLETE, "SITE_URL": "http://10.0.0.5:8000"})
    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["CSRF_COOKIE_SECURE"] is False


def test_static_files_are_named_by_their_content():
    found = production_settings("STORAGES", **COMPLETE)
    backend = found["STORAGES"]["staticfiles"]["BACKEND"]
    assert backend == "cms.storage.static_files.StaticFilesStorage"


def test_redis_serves_the_cache_where_it_is_given():
    found = production_settings("CACHES", **COMPLETE, REDIS_URL="redis://127.0.0.1:6379/0")
    assert "redis" in found["CACHES"]["default"]["BACKEND"]


@pytest.mark.parametrize("redis", [{}, {"REDIS_URL": "redis://127.0.0.1:6379/0"}], ids=str)
def test_no_process_keeps_renditions_that_were_renamed_by_another(redis):
    found = production_settings("CACHES", **COMPLETE, **redis)
    assert "dummy" in found["CACHES"]["renditions"]["BACKEND"]


def test_gunicorn_stops_by_itself_with_the_line_once(tmp_path):
    done = in_clean_process(
        *("-m", "gunicorn", "cms.wsgi:application", "--bind", f"unix:{tmp_path}/socket"),
    )
    assert done.returncode != 0
    assert done.stderr.count("SECRET_KEY") == 1
    assert "Traceback" not in done.stderr


def test_every_variable_that_is_read_stands_in_the_documentation():
    page, names = documented_and_read()
    assert names >= set(COMPLETE) | {"REDIS_URL", "TRUSTED_PROXIES", "VISITOR_TOKENS_PER_ADDRESS"}
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []


# The engine that drafts translations


def test_there_is_no_engine_by_itself():
    assert machine_translation.engine() is None


@pytest.mark.parametrize(
    ("variables", "name", "options"),
    [
        (
            {"MACHINE_TRANSLATOR": "deepl", "DEEPL_AUTH_KEY": "k:fx"},
            "DeepLTranslator",
            {"AUTH_KEY": "k:fx", "TIMEOUT": 10},
        ),
        (
            {
                "MACHINE_TRANSLATOR": "libretranslate",
                "LIBRETRANSLATE_URL": "http://127.0.0.1:5000/",
            },
            "LibreTranslator",
            {"LIBRETRANSLATE_URL": "http://127.0.0.1:5000", "API_KEY": "", "TIMEOUT": 10},
        ),
    ],
)
def test_an_engine_that_was_set_is_one_of_wagtail_localize(monkeypatch, variables, name, options):
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    setting = machine_translation.engine()
    assert import_string(setting["CLASS"]).__name__ == name
    assert setting["OPTIONS"] == options


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"MACHINE_TRANSLATOR": "dummy"}, "MACHINE_TRANSLATOR"),
        ({"MACHINE_TRANSLATOR": "DeepL"}, "MACHINE_TRANSLATOR"),
        ({"MACHINE_TRANSLATOR": "google"}, "MACHINE_TRANSLATOR"),
        ({"MACHINE_TRANSLATOR": "deepl"}, "DEEPL_AUTH_KEY"),
        ({"MACHINE_TRANSLATOR": "libretranslate"}, "LIBRETRANSLATE_URL"),
        (
            {"MACHINE_TRANSLATOR": "libretranslate", "LIBRETRANSLATE_URL": "127.0.0.1:5000"},
            "LIBRETRANSLATE_URL",
        ),
    ],
)
def test_a_wrong_engine_is_named(monkeypatch, variables, name):
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(environment.SettingError) as error:
        machine_translation.engine()
    assert_names_the_variable(error, name)


def test_the_project_of_google_is_asked_for_where_its_library_is(monkeypatch):
    monkeypatch.setattr(machine_translation, "find_spec", lambda name: name)
    monkeypatch.setenv("MACHINE_TRANSLATOR", "google")
    with pytest.raises(environment.SettingError) as error:
        machine_translation.engine()
    assert_names_the_variable(error, "GOOGLE_TRANSLATE_PROJECT")
    monkeypatch.setenv("GOOGLE_TRANSLATE_PROJECT", "portal")
    assert machine_translation.engine()["OPTIONS"] == {"PROJECT_ID": "portal"}
