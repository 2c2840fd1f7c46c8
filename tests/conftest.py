"""Fixtures and pytest hooks for all tests."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from cms.visitors.live_count import live_count
from home.models import HomePage
from news.models import NewsIndexPage
from tests.factories import member_of
from tests.pictures import draw_avif_hastily
from tests.shared_fixtures import SharedRows, builders_for


def pytest_configure(config):
    """Speed up the run.

    Test pictures are encoded fast. With `--reuse-db`, an SQLite database is kept in a file, so that
    the next run can use it again.
    """
    draw_avif_hastily()
    database = settings.DATABASES["default"]
    if config.getoption("reuse_db") and database["ENGINE"].endswith("sqlite3"):
        kept = settings.VAR_DIR / "test.sqlite3"
        kept.parent.mkdir(exist_ok=True)
        database.setdefault("TEST", {})["NAME"] = str(kept)


def pytest_collection_finish():
    """Run the garbage collector rarely, and never on imported objects.

    This makes the suite a quarter faster.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


SHARED_ROWS = pytest.StashKey()


@pytest.fixture(scope="session")
def shared_rows(request, django_db_setup, django_db_blocker):
    """The rows that consecutive tests share (`tests/shared_fixtures.py`)."""
    rows = request.session.stash[SHARED_ROWS] = SharedRows(django_db_blocker)
    yield rows
    rows.keep_only([])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Roll back the shared rows that this test does not request, before any of its fixtures."""
    if rows := item.session.stash.get(SHARED_ROWS, None):
        rows.keep_only(builders_for(item))


@pytest.fixture(autouse=True)
def clean_process(request):
    """Start each test in the site's language, without cached state from the previous test.

    The shared rows are created here, in the same clean state, and leave no cached state behind.
    """
    with translation.override(settings.LANGUAGE_CODE):
        clear_caches()
        if builders := builders_for(request.node):
            request.getfixturevalue("shared_rows").create(builders)
            clear_caches()
        yield


def clear_caches():
    """Remove what the process has cached about a site."""
    cache.clear()
    live_count.reset()


@pytest.fixture(scope="session", autouse=True)
def media_of_the_run():
    """Delete the media files at the end of the run."""
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def vietnamese(db):
    """The locale of the originals."""
    return Locale.objects.get(language_code="vi")


@pytest.fixture
def english(db):
    """The locale of the translations."""
    return Locale.objects.get(language_code="en")


@pytest.fixture
def home(vietnamese):
    """The Vietnamese home page that the migrations made."""
    return HomePage.objects.get(locale=vietnamese)


@pytest.fixture
def english_home(english):
    """The English home page that the migrations made."""
    return HomePage.objects.get(locale=english)


@pytest.fixture
def section(vietnamese):
    """The Vietnamese section that the migrations made."""
    return NewsIndexPage.objects.filter(locale=vietnamese).earliest("pk")


@pytest.fixture
def english_section(english):
    """The English section that the migrations made."""
    return NewsIndexPage.objects.filter(locale=english).earliest("pk")


@pytest.fixture
def editor(db):
    """A user who writes pages and submits them for review."""
    return member_of("Editors")


@pytest.fixture
def moderator(db):
    """A user who reviews and publishes pages."""
    return member_of("Moderators")


@pytest.fixture
def translator(db):
    """A user who translates into English."""
    return member_of("Translators (English)")


@pytest.fixture
def administrator(db):
    """A user who does everything."""
    return member_of("Administrators")


@pytest.fixture
def client_of(request):
    """A function that signs in the user of a fixture: `client_of("editor")` returns a client."""

    def sign_in(role):
        client = Client()
        client.force_login(request.getfixturevalue(role))
        return client

    return sign_in


@pytest.fixture
def administrator_client(client, administrator):
    """A client signed in as an administrator, who sees everything."""
    client.force_login(administrator)
    return client


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """A function that publishes a page with another slug, and runs on-commit callbacks."""

    def publish_as(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish_as


def pytest_terminal_summary(terminalreporter):
    """Print at the end why tests were skipped, and whether PostgreSQL was absent."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    if not os.environ.get("DATABASE_URL"):
        reasons.add("PostgreSQL absent (DATABASE_URL is not set): the suite ran on SQLite alone")
    if reasons:
        terminalreporter.section("left out")
        for reason in sorted(reasons):
            terminalreporter.write_line(reason.removeprefix("Skipped: "))


def pytest_sessionfinish(session):
    """Fail a CI run in which any test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
