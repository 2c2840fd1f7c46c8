"""Fixtures for browsers, and for the portal as production runs it (tests/portal.py)."""

import os
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.filled_site import shared_site
from tests.portal import CHROMIUM, PASSWORD

# The time within which anything expected must happen, in seconds. It is long, because a slow
# machine is not a fault. A test that passes does not wait for it.
PATIENCE_SECONDS = 60

expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture(scope="session")
def filled_site(browser, tmp_path_factory):
    """The site from which each portal of the run is copied. All processes of a run share it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    with shared_site(root / "filled") as site:
        yield site


@pytest.fixture(scope="session")
def redis_url():
    """The URL of a separate Redis database for each process of the run, on the given server.

    The timeouts are 10 seconds, because on a busy machine a slow response does not mean that Redis
    is down.
    """
    given = os.environ.get("REDIS_URL", "")
    if not given:
        return ""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    patience = "socket_timeout=10&socket_connect_timeout=10"
    return urlsplit(given)._replace(path=f"/{int(worker) + 1}", query=patience).geturl()


@pytest.fixture(scope="session")
def portal(filled_site, redis_url, tmp_path_factory):
    """The portal that most tests share."""
    with filled_site.serve_copy(tmp_path_factory.mktemp("portal"), "shared", redis_url) as portal:
        yield portal


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run. Each test opens its own contexts in it."""
    if not CHROMIUM:
        pytest.skip("Chromium absent: the browser tests were left out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


# An error of Wagtail, which checks a preview twice. The checks may overlap (wagtail issue 13689).
CHECKED_TWICE = "Axe is already running"


class BrowserContexts:
    """The browsers of several people on the portal, and the errors of their pages."""

    def __init__(self, browser, portal):
        self.browser, self.portal = browser, portal
        self.user_agent = f"Mozilla/5.0 (X11; Linux x86_64) Chrome/{browser.version} Safari/537.36"
        self.contexts, self.complaints = [], []

    def open(self, **options):
        """Open another person's browser and return a page in it."""
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "vi-VN", **options}
        # By default the browser calls itself "headless", and the live count leaves out robots.
        options.setdefault("user_agent", self.user_agent)
        context = self.browser.new_context(base_url=self.portal.url, **options)
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", self.catch)
        page.on("console", self.hear)
        return page

    def catch(self, error):
        """Record an error that a script of the page threw, unless the error is harmless."""
        if not str(error).startswith(CHECKED_TWICE):
            self.complaints.append(str(error))

    def hear(self, message):
        """Record a violation of the Content Security Policy. It means that the page is broken."""
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def sign_in(self, username, **options):
        """Sign in a user of the demo and return the page."""
        page = self.open(**options)
        send_password(page, username, PASSWORD)
        page.wait_for_url("**/admin/")
        return page

    def close(self):
        """Close all browsers, and check that no page had an error."""
        for context in self.contexts:
            context.close()
        assert self.complaints == []


def send_password(page, username, password):
    """Fill in and send the sign-in form, and wait for the page that follows.

    The portals of a run share a machine, which checks one password at a time. If it is busy, try
    again, as the page asks.
    """
    status = HTTPStatus.SERVICE_UNAVAILABLE
    while status == HTTPStatus.SERVICE_UNAVAILABLE:
        page.goto("/admin/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        with page.expect_navigation() as answer:
            page.click("form button[type=submit]")
        status = answer.value.status


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Add the end of the portal's log to the report of a test that fails."""
    report = yield
    portal = item.funcargs.get("portal")
    if report.failed and portal:
        report.sections.append(("the portal's log", portal.log.read_text()[-20_000:]))
    return report


@pytest.fixture
def browsers(browser, portal):
    """The browsers of one test."""
    browsers = BrowserContexts(browser, portal)
    yield browsers
    browsers.close()


@pytest.fixture(scope="module")
def module_browsers(browser, portal):
    """The browsers that the tests of a module share."""
    browsers = BrowserContexts(browser, portal)
    yield browsers
    browsers.close()


@pytest.fixture
def open_browser(browsers):
    """A function that opens another person's browser and returns a page in it."""
    return browsers.open


@pytest.fixture
def sign_in(browsers):
    """A function that signs in a user of the demo and returns the page."""
    return browsers.sign_in
