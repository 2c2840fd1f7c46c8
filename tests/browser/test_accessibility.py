"""Accessibility of the public site: axe on every page, zoom, text size, keyboard, touch, motion."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.addresses import (
    ADDRESSES,
    ARTICLE,
    EVERY_PAGE,
    error_pages,
    serve_error_pages,
)

pytestmark = pytest.mark.appearance

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
THEMES = ("light", "dark", "contrast")

CHOOSE = "([name, value]) => localStorage.setItem(`display-${name}`, value)"

# Finds elements that cut off their content, except frames that scroll sideways on purpose.
TOO_NARROW = """
() => [...document.querySelectorAll("main, header, footer")].flatMap((part) =>
  [...part.querySelectorAll("*")].filter((e) => {
    // The text of a field is moved with the cursor.
    if (e.matches("input") || e.closest(".table, .gallery-pictures")) return false;
    if (e.closest(".visually-hidden, [popover]:not(:popover-open)")) return false;
    const style = getComputedStyle(e);
    return e.scrollWidth > e.clientWidth + 1 && style.overflowX !== "visible" && e.clientWidth > 0;
  }).map((e) => e.outerHTML.slice(0, 90)))
"""

# Finds targets smaller than 24 pixels. Links in sentences are exempt (WCAG 2.2, 2.5.8).
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, input, select, summary")].filter((e) => {
  const { width, height } = e.getBoundingClientRect();
  if (!e.checkVisibility() || e.closest(".visually-hidden, .skip")) return false;
  if (e.matches("a") && e.closest(".body p, .body li, .body td")) return false;
  return width < 24 || height < 24;
}).map((e) => e.outerHTML.slice(0, 120))
"""

FOCUSED = """
() => {
  const e = document.activeElement;
  const shown = e.matches(".choices input") ? e.nextElementSibling : e;
  const style = getComputedStyle(shown);
  const after = getComputedStyle(shown, "::after");
  const box = e.getBoundingClientRect();
  return {
    name: e.outerHTML.slice(0, 80),
    body: e === document.body,
    outlined: [style, after].some(
      (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
    ),
    seen: box.bottom > 0 && box.top < innerHeight,
    order: [...document.querySelectorAll("*")].indexOf(e),
  };
}
"""


@pytest.fixture(scope="module")
def errors(portal):
    """The error pages of the portal."""
    return error_pages(portal)


@pytest.fixture
def visit(open_browser, errors):
    """A function that opens a browser that can show every kind of page."""

    def open_page(**options):
        page = open_browser(**options)
        serve_error_pages(page, errors)
        return page

    return open_page


def choose(page, name, value):
    """Store a choice of the display panel in the browser."""
    page.goto("/tro-nang/")
    page.evaluate(CHOOSE, [name, value])


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_to_complain_of(visit, theme, viewport):
    page = visit(viewport=viewport)
    choose(page, "theme", theme)
    found = {}
    for language, kind, address in EVERY_PAGE:
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        results = Axe().run(page).response
        found[language, kind] = [
            (violation["id"], [node["html"][:100] for node in violation["nodes"]])
            for violation in results["violations"]
        ]
    assert {page: rules for page, rules in found.items() if rules} == {}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_the_open_menu_and_panel(open_browser, viewport):
    page = open_browser(viewport=viewport)
    page.goto(ARTICLE)
    for name in ("menu", "display"):
        page.evaluate(f"document.querySelector('#{name}').showPopover()")
        assert Axe().run(page).response["violations"] == []


def test_the_page_at_400_percent_needs_no_sideways_scroll(visit):
    """For the page, a window of 1,280 pixels at 400% is 320 pixels wide."""
    page = visit(viewport={"width": 320, "height": 256})
    for _language, _kind, address in EVERY_PAGE:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert page.evaluate(TOO_NARROW) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_text_at_200_percent_loses_nothing(visit, width):
    page = visit(viewport={"width": width, "height": 800})
    choose(page, "text", "200")
    for _language, _kind, address in EVERY_PAGE:
        page.goto(address)
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size == 32, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(TOO_NARROW) == [], address


@pytest.mark.parametrize("width", [360, 1280])
def test_everything_to_press_is_large_enough(visit, width):
    page = visit(viewport={"width": width, "height": 800})
    for _language, _kind, address in EVERY_PAGE:
        page.goto(address)
        assert page.evaluate(SMALL_TARGETS) == [], address


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["home", "section", "gallery", "search", "accessibility"])
def test_the_keyboard_goes_through_the_page_in_its_order_and_is_always_seen(
    open_browser, kind, theme
):
    page = open_browser(reduced_motion="reduce")
    choose(page, "theme", theme)
    page.goto(ADDRESSES["vi"][kind])
    stops = []
    for _step in range(120):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["body"]:
            break
        assert stop["outlined"], stop
        assert stop["seen"], stop
        stops.append(stop["order"])
    assert len(stops) > 10
    assert stops == sorted(stops)


def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_browser):
    page = open_browser()
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_browser):
    page = open_browser(viewport=PHONE)
    page.goto("/")
    menu, opener = page.locator("#menu"), page.get_by_role("button", name="Trình đơn")
    expect(menu).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("button", name="Đóng")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    menu.get_by_role("link", name="Liên hệ").click()
    expect(page.locator("h1")).to_have_text("Liên hệ")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_display_panel_changes_size_and_colours(open_browser, scripts):
    page = open_browser(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("radio", name="200%", exact=True).check()
    page.get_by_role("radio", name="Tương phản cao", exact=True).check()
    page.get_by_role("button", name="Đóng").click()
    title = page.locator(".lead-title")
    expect(title).to_have_css("color", "rgb(255, 255, 255)")
    expect(page.locator(".lead-introduction")).to_have_css("font-size", "32px")


def test_a_choice_holds_on_the_next_page_and_in_another_tab(open_browser):
    page = open_browser()
    page.goto("/")
    other = page.context.new_page()
    other.goto("/tin-tuc/")
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("radio", name="Tối", exact=True).check()
    expect(other.locator("html")).to_have_css("background-color", "rgb(18, 25, 28)")
    page.goto("/en/")
    expect(page.locator("html")).to_have_css("background-color", "rgb(18, 25, 28)")
    page.get_by_role("button", name="Display").click()
    expect(page.get_by_label("Dark")).to_be_checked()


def test_a_remembered_choice_that_does_not_exist_is_forgotten(open_browser):
    page = open_browser()
    choose(page, "theme", '"] * { display: none }')
    page.goto("/")
    assert page.locator("html").get_attribute("data-theme") is None
    expect(page.get_by_label("Theo thiết bị")).to_be_checked()


def test_the_device_decides_until_the_reader_does(open_browser):
    page = open_browser(color_scheme="dark")
    page.goto("/")
    expect(page.locator("html")).to_have_css("background-color", "rgb(18, 25, 28)")
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("radio", name="Sáng", exact=True).check()
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 254, 251)")


MOVING = """
() => [...document.querySelectorAll("*")].filter((e) => {
  const style = getComputedStyle(e);
  return style.scrollBehavior === "smooth" || parseFloat(style.transitionDuration) > 0
    || style.animationName !== "none";
}).map((e) => e.tagName)
"""


def test_nothing_moves_for_those_who_ask_for_none(open_browser):
    page = open_browser(reduced_motion="reduce")
    for address in ADDRESSES["vi"].values():
        page.goto(address)
        assert page.evaluate(MOVING) == [], address


def test_a_gallery_is_moved_by_keyboard_swipe_and_link_without_scripts(open_browser):
    page = open_browser(java_script_enabled=False, viewport=PHONE, reduced_motion="reduce")
    page.goto(ADDRESSES["vi"]["gallery"])
    figures = page.locator(".gallery figure")
    strip = page.get_by_role("group", name="Ảnh xếp cạnh nhau")
    strip.scroll_into_view_if_needed()
    expect(figures.nth(0)).to_be_in_viewport(ratio=0.5)
    strip.focus()
    page.keyboard.press("ArrowRight")
    expect(figures.nth(1)).to_be_in_viewport(ratio=0.5)
    page.get_by_role("link", name="Ảnh 4 trên 6").click()
    expect(figures.nth(3)).to_be_in_viewport(ratio=0.5)
    strip.hover()
    page.mouse.wheel(400, 0)
    expect(figures.nth(4)).to_be_in_viewport(ratio=0.5)


def test_a_page_says_nothing_to_anybody_else(open_browser):
    page = open_browser()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ADDRESSES["vi"].values():
        page.goto(address)
        page.wait_for_load_state("networkidle")
    ours = page.evaluate("location.origin")
    assert asked
    assert [url for url in asked if not url.startswith(ours)] == []
    assert page.context.cookies() == []
