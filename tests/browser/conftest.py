"""A browser, and the portal as production runs it.

That is gunicorn, the worker, a database of its own, and the demo content.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PASSWORD = "mot-mat-khau-cho-ban-demo"

expect.set_options(timeout=15_000)


@dataclass
class Portal:
    """A running portal: where it is, and how to run its management commands."""

    url: str
    environment: dict = field(repr=False)

    def manage(self, *arguments):
        """Run `manage.py` against the portal's own database."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(  # noqa: S603 - our own command line
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def forget_visitors(self):
        """Start the live count from nobody."""
        code = "from cms.visitors.models import Presence; Presence.objects.all().delete()"
        self.manage("shell", "-c", code)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory):
    """A database of its own, on the server that the run was given or in a file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.sqlite3'}"
        return
    name = f"portal_browser_{os.getpid()}"
    connection = psycopg2.connect(given)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlsplit(given)._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@pytest.fixture(scope="session")
def portal(browser, database_url, tmp_path_factory):
    """The portal, migrated, filled and served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.production",
        "SECRET_KEY": "only-for-the-browser-tests-which-sign-nothing-of-anybody",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": url,
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(tmp_path_factory.mktemp("media")),
        "DEMO_PASSWORD": PASSWORD,
    }
    portal = Portal(url, environment)
    portal.manage("collectstatic", "--noinput", "-v0")
    portal.manage("migrate", "-v0")
    portal.manage("load_demo")
    log = tmp_path_factory.mktemp("log") / "gunicorn.log"
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "-b", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        server = subprocess.Popen(  # noqa: S603 - our own command line
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        worker = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "manage.py", "run_worker"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(server, url, log)
        yield portal
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(timeout=20)


def wait_until_up(server, url, log):
    """Wait for the first answer of the server; fail with its log when it ends before."""
    while True:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5)  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, OSError):
            if server.poll() is not None:
                pytest.fail(f"the server ended: {log.read_text()}")
            time.sleep(0.1)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run; the tests open contexts of their own in it."""
    if not CHROMIUM:
        pytest.skip("Chromium absent: the browser tests were left out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


class Browsers:
    """Browsers of several people on the portal, and what their consoles complained of."""

    def __init__(self, browser, portal):
        self.browser, self.portal = browser, portal
        self.contexts, self.complaints = [], []

    def open(self, **options):
        """Open another person's browser and return a page in it."""
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "vi-VN", **options}
        context = self.browser.new_context(base_url=self.portal.url, **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.hear)
        return page

    def hear(self, message):
        """Keep what the content policy refused: a page that needs it is broken."""
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def sign_in(self, username, **options):
        """Sign a person of the demo in and return the page."""
        page = self.open(**options)
        page.goto("/admin/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        return page

    def close(self):
        """Close them all; no page may have complained."""
        for context in self.contexts:
            context.close()
        assert self.complaints == []


@pytest.fixture
def browsers(browser, portal):
    """The browsers of one test."""
    browsers = Browsers(browser, portal)
    yield browsers
    browsers.close()


@pytest.fixture(scope="module")
def module_browsers(browser, portal):
    """Browsers for what the tests of a module share."""
    browsers = Browsers(browser, portal)
    yield browsers
    browsers.close()


@pytest.fixture
def open_browser(browsers):
    """Return a function that opens another person's browser and returns a page in it."""
    return browsers.open


@pytest.fixture
def sign_in(browsers):
    """Return a function that signs a person of the demo in and returns the page."""
    return browsers.sign_in
