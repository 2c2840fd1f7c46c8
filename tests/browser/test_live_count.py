"""The live count, as people see it in their browsers.

Where time matters, the page's clock is stopped, and the test advances it. In these tests, the test
also answers instead of the server.
"""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.addresses import ADDRESSES
from tests.browser.conftest import PATIENCE_SECONDS, BrowserContexts
from tests.portal import CHROMIUM


@pytest.fixture(autouse=True)
def nobody_online(portal):
    """Start each test without visitors online."""
    portal.forget_visitors()


def number(page):
    """Return the element that shows the number in the footer."""
    return page.locator(".footer-visitors [data-visitor-count]")


def test_two_browsers_see_two_and_one_when_the_other_leaves(open_browser):
    first, second = open_browser(), open_browser()
    first.goto("/")
    expect(number(first)).to_have_text("1")
    second.goto("/tin-tuc/")
    expect(number(second)).to_have_text("2")
    expect(second.locator(".footer-visitors")).to_contain_text("2 người đang online")
    expect(number(first)).to_have_text("2")
    second.close(run_before_unload=True)
    expect(number(first)).to_have_text("1")


def test_two_tabs_of_one_browser_are_one_visitor(open_browser):
    first = open_browser()
    first.goto("/")
    expect(number(first)).to_have_text("1")
    second = first.context.new_page()
    second.goto("/tin-tuc/")
    expect(second.locator("[data-visitor-time]").last).to_be_hidden()
    expect(number(second)).to_have_text("1")


def test_walking_through_the_site_stays_one_visitor(open_browser):
    page = open_browser()
    for address in ("/", "/tin-tuc/", "/en/", "/gioi-thieu/"):
        page.goto(address)
        expect(page.locator("[data-visitor-time]").last).to_be_hidden()
        expect(number(page)).to_have_text("1")
    page.goto("/en/")
    expect(page.locator(".footer-visitors")).to_contain_text("1 person online")


def test_the_admin_and_previews_send_no_beat(sign_in):
    page = sign_in("bientap")
    beats = []
    page.on("request", lambda request: beats.append(request) if "/visitors/" in request.url else 0)
    page.goto("/admin/pages/")
    page.locator("tbody tr").filter(has_text="Tin tức").locator("a[href$='/edit/']").first.click()
    page.locator("[data-side-panel-toggle=preview]").click()
    expect(page.frame_locator("#w-preview-iframe").first.locator("h1")).to_have_text("Tin tức")
    assert beats == []


def test_a_page_made_while_nobody_could_be_counted_shows_the_number_later(open_browser, portal):
    page = open_browser()
    with portal.without_visitor_store():
        page.goto("/")
        expect(page.locator(".footer-visitors")).to_be_hidden()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".footer-visitors")).to_be_hidden()
    expect(number(page)).to_have_text("1")
    expect(page.locator(".footer-visitors")).to_contain_text("1 người đang online")
    expect(page.locator(".footer-visitors")).to_be_visible()


NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
IN_SAMPLE, OUT_OF_SAMPLE = "0" * 31 + "1", "f" * 32

# Headless tabs are always visible. This script makes the page see a change of its visibility.
SET_VISIBILITY = """
(visibility) => {
  Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}
"""

REFUSE_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused"); } });
"""

# True once the response is saved, if the clock advanced before the request and has stopped since.
DEALT_WITH = "JSON.parse(localStorage.visitor).sequence > Date.now()"

# The number of tabs that are visible, as all tabs of a browser share it.
OPEN_TABS = "Object.keys(JSON.parse(localStorage.visitor).tabs).length"


class VisitorBrowser:
    """A page with a stopped clock, and its requests to a server that the test simulates."""

    def __init__(self, page):
        self.page = page
        self.asked = []
        self.status = 200
        self.answer = {"online": 329, "at": NOW.isoformat(), "interval": 10, "one_in": 1}
        page.context.route("**/visitors/", self.take)
        page.clock.install(time=NOW)
        page.clock.pause_at(NOW + timedelta(seconds=1))

    def take(self, route):
        """Record a request and answer it."""
        request = route.request
        self.asked.append((request.method, request.post_data or ""))
        answer = self.answer if self.status in (200, 429) else {"error": "unavailable"}
        route.fulfill(status=self.status, body=json.dumps(answer), content_type="application/json")

    @property
    def methods(self):
        """The kinds of the recorded requests, in order: their methods, or "leave"."""
        return ["leave" if "leaving" in form else method for method, form in self.asked]

    @property
    def forms(self):
        """The forms that were sent with POST."""
        return [dict(parse_qs(form)) for method, form in self.asked if method == "POST"]

    def visit(self, address="/"):
        """Open a page and wait for the number."""
        self.page.goto(address)
        self.expect_number(self.answer["online"])

    def until(self, condition):
        """Wait until `condition()` is true, while the browser keeps running."""
        patient_until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < patient_until, self.methods
            self.page.wait_for_timeout(10)

    def expect_requests(self, *methods):
        """Wait until the server has received requests of these kinds, in this order."""
        self.until(lambda: len(self.asked) >= len(methods))
        assert self.methods == list(methods)

    def advance_with_failure(self, seconds):
        """Advance the clock; the request at the end of this time gets no number."""
        self.page.clock.run_for(seconds * 1000)
        self.until(lambda: self.page.evaluate(DEALT_WITH))

    def expect_number(self, online, page=None):
        """Wait until the page shows this number, in Vietnamese format."""
        expect(number(page or self.page)).to_have_text(f"{online:,}".replace(",", "."))

    def advance(self, seconds, online):
        """Advance the clock; the request at the end of this time gets the number `online`."""
        self.answer["online"] = online
        self.page.clock.run_for(seconds * 1000)
        self.expect_number(online)

    def set_visibility(self, visibility, page=None):
        """Hide or show a tab."""
        (page or self.page).evaluate(SET_VISIBILITY, visibility)

    def hide(self):
        """Hide the tab and wait for its sign-off.

        Browsers send a sign-off in the background: it may arrive after a later beat.
        """
        recorded = len(self.asked)
        self.set_visibility("hidden")
        self.until(lambda: "leave" in self.methods[recorded:])


@pytest.fixture
def open_reader(open_browser, portal):
    """A function that opens a reader's browser, with the state of an earlier visit if given."""

    def open_one(**remembered):
        if not remembered:
            return VisitorBrowser(open_browser())
        born = int(NOW.timestamp() * 1000)
        state = {"token": IN_SAMPLE, "born": born, "sequence": 1, "tabs": {}, **remembered}
        kept = [{"name": "visitor", "value": json.dumps(state)}]
        origin = {"origin": portal.url, "localStorage": kept}
        return VisitorBrowser(open_browser(storage_state={"origins": [origin]}))

    return open_one


def minutes_ago(minutes):
    """Return the time `minutes` before `NOW`, in milliseconds as browsers count it."""
    return int((NOW - timedelta(minutes=minutes)).timestamp() * 1000)


def test_a_beat_is_sent_at_the_pace_that_the_server_asks_for(open_reader):
    reader = open_reader()
    reader.visit()
    reader.page.clock.run_for(9_000)
    assert reader.methods == ["POST"]
    reader.answer["interval"] = 30
    reader.advance(1, online=330)
    reader.page.clock.run_for(29_000)
    assert len(reader.asked) == 2
    reader.advance(1, online=331)
    assert reader.methods == ["POST"] * 3


def test_a_beat_has_the_form_that_the_server_takes(open_reader):
    reader = open_reader()
    reader.visit()
    reader.advance(10, online=330)
    (_method, first), (_method, second) = reader.asked
    assert re.fullmatch("token=[0-9a-f]{32}&sequence=[0-9]{1,16}&visit=1", first)
    assert re.fullmatch("token=[0-9a-f]{32}&sequence=[0-9]{1,16}", second)


def test_a_visit_begins_after_half_an_hour_of_silence(open_reader):
    reader = open_reader()
    reader.visit()
    for minutes, online in ((29, 330), (31, 331)):
        reader.hide()
        reader.page.clock.fast_forward(minutes * 60_000)
        reader.answer["online"] = online
        reader.set_visibility("visible")
        reader.expect_number(online)
    assert reader.methods == ["POST", "leave", "POST", "leave", "POST"]
    assert ["visit" in form for form in reader.forms] == [True, False, False, False, True]


def test_a_beat_that_failed_did_not_count_the_visit(open_reader):
    reader = open_reader()
    reader.page.add_init_script("Math.random = () => 0")
    reader.status = 503
    reader.page.goto("/")
    expect(reader.page.locator(".footer-visitors")).to_be_hidden()
    reader.status = 200
    reader.advance(10, online=330)
    assert ["visit" in form for form in reader.forms] == [True, True]


def test_walking_through_the_site_is_one_visit(open_reader):
    reader = open_reader()
    for online, address in enumerate(("/", "/tin-tuc/", "/gioi-thieu/"), start=330):
        reader.answer["online"] = online
        reader.visit(address)
    beats = [form for form in reader.forms if "leaving" not in form]
    assert ["visit" in form for form in beats] == [True, False, False]
    assert len({form["token"][0] for form in beats}) == 1


def test_a_walk_by_a_link_of_the_site_signs_nothing_off(open_reader):
    reader = open_reader()
    reader.visit()
    reader.answer["online"] = 330
    reader.page.locator(".main-menu a", has_text="Tin tức").click()
    reader.expect_number(330)
    assert reader.methods == ["POST", "POST"]
    reader.set_visibility("hidden")
    reader.expect_requests("POST", "POST", "leave")


def test_who_is_not_in_the_sample_only_asks(open_reader):
    reader = open_reader(token=OUT_OF_SAMPLE, oneIn=4, paced=minutes_ago(1))
    reader.answer["one_in"] = 4
    reader.visit()
    reader.page.clock.run_for(14_000)
    assert reader.methods == ["GET"]
    reader.advance(1, online=330)
    assert reader.methods == ["GET", "GET"]
    reader.set_visibility("hidden")
    reader.answer["online"] = 331
    reader.set_visibility("visible")
    reader.expect_number(331)
    assert reader.methods == ["GET"] * 3


def test_a_sample_that_grows_takes_a_browser_in_without_another_visit(open_reader):
    """The browsers that were in the sample have already counted its visit."""
    reader = open_reader(token=OUT_OF_SAMPLE, oneIn=4, paced=minutes_ago(1))
    reader.answer["one_in"] = 4
    reader.visit()
    reader.answer["one_in"] = 1
    reader.advance(15, online=330)
    reader.advance(10, online=331)
    assert reader.methods == ["GET", "GET", "POST"]
    assert "visit" not in reader.forms[0]


def test_a_browser_that_only_seemed_to_be_out_of_the_sample_begins_its_visit(open_reader):
    reader = open_reader(token=OUT_OF_SAMPLE, oneIn=4, paced=minutes_ago(1))
    reader.visit()
    reader.advance(10, online=330)
    assert reader.methods == ["GET", "POST"]
    assert "visit" in reader.forms[0]


def test_a_sample_that_shrinks_stops_the_beats_of_who_is_left_out(open_reader):
    reader = open_reader(token=OUT_OF_SAMPLE)
    reader.answer["one_in"] = 4
    reader.visit()
    reader.advance(15, online=330)
    reader.set_visibility("hidden")
    reader.answer["online"] = 331
    reader.set_visibility("visible")
    reader.expect_number(331)
    assert reader.methods == ["POST", "GET", "GET"]


def test_who_is_in_the_sample_beats_and_is_told_of_the_estimate(open_reader):
    reader = open_reader(oneIn=4, paced=minutes_ago(1))
    reader.answer["one_in"] = 4
    reader.visit()
    reader.advance(10, online=332)
    assert reader.methods == ["POST", "POST"]
    reader.page.locator(".footer-visitors .visitor-button").click()
    estimate = reader.page.locator(":popover-open [data-visitor-estimate]")
    expect(estimate).to_be_visible()
    reader.answer["one_in"] = 1
    reader.advance(10, online=333)
    expect(estimate).to_be_hidden()


def test_a_remembered_pace_is_forgotten_after_five_minutes(open_reader):
    reader = open_reader(token=OUT_OF_SAMPLE, oneIn=4, paced=minutes_ago(6))
    reader.visit()
    assert reader.methods == ["POST"]


@pytest.mark.parametrize("remembered", [{}, {"oneIn": 1, "paced": minutes_ago(1)}])
def test_the_page_says_how_large_the_sample_is(open_reader, remembered):
    reader = open_reader(token=OUT_OF_SAMPLE, **remembered)

    def sample(route):
        response = route.fetch()
        route.fulfill(response=response, body=re.sub(r'(one-in=)"\d+"', r'\1"4"', response.text()))

    reader.page.route("**/tin-tuc/", sample)
    reader.visit("/tin-tuc/")
    assert reader.methods == ["GET"]


def test_a_hidden_tab_signs_off_and_does_not_beat(open_reader):
    reader = open_reader()
    reader.visit()
    reader.hide()
    reader.page.clock.run_for(60_000)
    reader.answer["online"] = 330
    reader.set_visibility("visible")
    reader.expect_number(330)
    assert reader.methods == ["POST", "leave", "POST"]


def test_two_tabs_share_the_token_and_the_last_to_go_signs_off(open_reader):
    reader = open_reader()
    reader.visit()
    second = reader.page.context.new_page()
    second.goto("/tin-tuc/")
    reader.expect_number(329, second)
    reader.set_visibility("hidden")
    # Data that one tab stores reaches the process of another tab a moment later. Playwright's own
    # wait_for_function evaluates a string in the page, which the content security policy refuses.
    reader.until(lambda: second.evaluate(OPEN_TABS) == 1)
    reader.set_visibility("hidden", second)
    reader.expect_requests("POST", "POST", "leave")
    assert len({form["token"][0] for form in reader.forms}) == 1
    sequences = [int(form["sequence"][0]) for form in reader.forms]
    assert sequences == sorted(set(sequences))


def test_a_device_that_wakes_beats_at_once(open_reader):
    reader = open_reader()
    reader.visit()
    reader.answer["online"] = 12
    reader.page.clock.fast_forward("08:00:00")
    reader.expect_number(12)
    assert "visit" in reader.forms[1]


def test_a_token_is_forgotten_within_a_day(open_reader):
    reader = open_reader()
    reader.visit()
    reader.answer["online"] = 12
    reader.page.clock.fast_forward("23:59:00")
    reader.expect_number(12)
    assert reader.forms[0]["token"] != reader.forms[1]["token"]


def test_offline_it_neither_asks_nor_shows_a_number(open_reader):
    reader = open_reader()
    reader.visit()
    reader.page.context.set_offline(True)
    expect(reader.page.locator(".footer-visitors")).to_be_hidden()
    reader.page.clock.run_for(120_000)
    assert reader.methods == ["POST"]
    reader.answer["online"] = 330
    reader.page.context.set_offline(False)
    reader.expect_number(330)
    assert reader.methods == ["POST", "POST"]


def test_while_the_server_is_down_it_asks_ever_less_often_and_recovers_by_itself(open_reader):
    reader = open_reader()
    reader.page.add_init_script("Math.random = () => 0")
    reader.visit()
    reader.status = 503
    for count, seconds in enumerate((*[10] * 6, 20, 40, 80, 160, 300, 300), start=1):
        reader.page.clock.run_for((seconds - 1) * 1000)
        assert len(reader.asked) == count
        reader.advance_with_failure(1)
        assert len(reader.asked) == count + 1
        expect(reader.page.locator(".footer-visitors")).to_be_hidden()
    reader.status = 200
    reader.advance(300, online=330)
    reader.advance(10, online=331)


def test_attempts_are_spread_by_shorter_pauses_so_that_all_are_back_within_an_interval(open_reader):
    reader = open_reader()
    reader.page.add_init_script("Math.random = () => 0.999")
    reader.status = 503
    reader.page.goto("/")
    expect(reader.page.locator(".footer-visitors")).to_be_hidden()
    for count, seconds in enumerate((*[5] * 5, 10, 20), start=1):
        reader.page.clock.run_for((seconds - 1) * 1000)
        assert len(reader.asked) == count
        reader.advance_with_failure(1)
        assert len(reader.asked) == count + 1


def test_one_browser_too_many_for_its_address_sees_the_number(open_reader):
    reader = open_reader()
    reader.status = 429
    reader.visit()
    reader.advance(10, online=330)
    assert ["visit" in form for form in reader.forms] == [True, True]


def test_where_storage_is_refused_the_tab_counts_as_one_browser(open_reader):
    reader = open_reader()
    reader.page.add_init_script(REFUSE_STORAGE)
    reader.visit()
    reader.advance(10, online=330)
    reader.set_visibility("hidden")
    reader.expect_requests("POST", "POST", "leave")
    assert len({form["token"][0] for form in reader.forms}) == 1
    assert ["visit" in form for form in reader.forms] == [True, False, False]


def test_changes_are_told_once_a_minute_and_only_large_ones(open_reader):
    reader = open_reader()
    region = reader.page.locator("[data-visitor-live]")
    reader.visit()
    for online in (400, 401, 402, 403, 404):
        reader.advance(10, online)
        expect(region).to_have_text("")
    reader.advance(10, online=405)
    expect(region).to_have_text("405 người đang online")
    for online in (600, 601, 602, 603, 604, 445):
        reader.advance(10, online)
        expect(region).to_have_text("405 người đang online")
    reader.advance(10, online=446)
    expect(region).to_have_text("446 người đang online")


def test_the_comings_and_goings_of_a_few_are_not_told(open_reader):
    reader = open_reader()
    region = reader.page.locator("[data-visitor-live]")
    reader.answer["online"] = 2
    reader.visit()
    for online in (3, 4, 5, 6, 5, 6):
        reader.advance(10, online)
        expect(region).to_have_text("")
    reader.advance(10, online=7)
    expect(region).to_have_text("7 người đang online")


def test_the_number_itself_changes_silently(open_reader):
    reader = open_reader()
    reader.visit()
    assert number(reader.page).evaluate("(e) => e.closest('[aria-live], [role=status]')") is None


def test_the_explanation_says_when_the_number_was_refreshed(open_reader):
    reader = open_reader()
    reader.visit()
    reader.answer["at"] = (NOW + timedelta(seconds=71)).isoformat()
    reader.advance(10, online=330)
    refreshed = reader.page.locator(".footer-visitors [data-visitor-refreshed]")
    expect(refreshed).to_have_attribute("datetime", "2026-03-02T01:31:11+00:00")
    # The time is that of Hanoi, wherever the reader is.
    expect(refreshed).to_have_text("08:31:11")


def test_a_page_that_comes_back_as_it_was_left_beats_again(browser, portal):
    """The browser has the back/forward cache, which Playwright disables by default."""
    patient = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    browsers = BrowserContexts(patient, portal)
    reader = VisitorBrowser(browsers.open())
    reader.visit()
    reader.page.evaluate("window.left = true")
    reader.answer["online"] = 330
    reader.visit("/tin-tuc/")
    reader.answer["online"] = 331
    reader.page.go_back(wait_until="commit")
    reader.expect_number(331)
    assert reader.page.evaluate("window.left")
    assert reader.methods.count("POST") == 3
    # The server goes by the sequence, since a sign-off may arrive after a later beat.
    newest = max(reader.forms, key=lambda form: int(form["sequence"][0]))
    assert "leaving" not in newest
    browsers.close()
    patient.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_number_explains_itself_by_keyboard(open_browser, scripts):
    page = open_browser(java_script_enabled=scripts)
    page.goto("/")
    button = page.locator(".footer-visitors .visitor-button")
    explanation = page.locator(".footer-visitors .visitor-about")
    expect(explanation).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(explanation).to_be_visible()
    expect(explanation.locator("[data-visitor-refreshed]")).to_have_text(re.compile(r"^\d\d:"))
    page.keyboard.press("Tab")
    expect(explanation.locator(".close-button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing_in_the_open_explanation(open_browser, theme):
    page = open_browser(viewport={"width": 360, "height": 740})
    page.goto(ADDRESSES["vi"]["accessibility"])
    page.evaluate(f"localStorage.setItem('display-theme', '{theme}')")
    for language in ("vi", "en"):
        page.goto(ADDRESSES[language]["article"])
        for index in range(page.locator(".visitor-about").count()):
            page.locator(".visitor-button").nth(index).click()
            expect(page.locator(".visitor-about").nth(index)).to_be_visible()
            assert Axe().run(page).response["violations"] == []
            page.keyboard.press("Escape")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_explanation_fits_a_narrow_window_with_large_text(open_browser, scripts):
    page = open_browser(viewport={"width": 320, "height": 256}, java_script_enabled=scripts)
    page.goto(ADDRESSES["vi"]["article"])
    page.locator(".footer-visitors .visitor-button").click()
    box = page.locator(":popover-open").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] <= 256
    expect(page.locator(":popover-open .close-button")).to_be_in_viewport()
