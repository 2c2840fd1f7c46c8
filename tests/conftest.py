"""What tests of all rooms may ask for."""

import gc
import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Locale

from cms.visitors.live_count import live_count
from home.models import HomePage
from news.models import NewsIndexPage
from tests.factories import member_of
from tests.pictures import draw_avif_hastily


def pytest_configure(config):
    """Lose no time with the pictures of tests, nor with a database that can be used again."""
    draw_avif_hastily()
    database = settings.DATABASES["default"]
    if config.getoption("reuse_db") and database["ENGINE"].endswith("sqlite3"):
        kept = settings.VAR_DIR / "test.sqlite3"
        kept.parent.mkdir(exist_ok=True)
        database.setdefault("TEST", {})["NAME"] = str(kept)


def pytest_collection_finish():
    """Look for garbage seldom, and never among what was imported: the suite is a quarter faster."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


@pytest.fixture(autouse=True)
def clean_process():
    """Start each test in the site's language, with nothing remembered from the one before."""
    cache.clear()
    live_count.reset()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def media_of_the_run():
    """Leave no files behind."""
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
    return NewsIndexPage.objects.get(locale=vietnamese)


@pytest.fixture
def english_section(english):
    """The English section that the migrations made."""
    return NewsIndexPage.objects.get(locale=english)


@pytest.fixture
def editor(db):
    """Someone who writes and submits."""
    return member_of("Editors")


@pytest.fixture
def moderator(db):
    """Someone who reviews and publishes."""
    return member_of("Moderators")


@pytest.fixture
def translator(db):
    """Someone who translates into English."""
    return member_of("Translators (English)")


@pytest.fixture
def administrator(db):
    """Someone who does everything."""
    return member_of("Administrators")


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Return a function that gives a page another slug and publishes it, to its end."""

    def publish_as(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish_as


def pytest_terminal_summary(terminalreporter):
    """Say at the end what was left out, and for lack of what."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])}
    if not os.environ.get("DATABASE_URL"):
        reasons.add("PostgreSQL absent (DATABASE_URL is not set): the suite ran on SQLite alone")
    if reasons:
        terminalreporter.section("left out")
        for reason in sorted(reasons):
            terminalreporter.write_line(reason.removeprefix("Skipped: "))


def pytest_sessionfinish(session):
    """Fail a run of CI in which anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
