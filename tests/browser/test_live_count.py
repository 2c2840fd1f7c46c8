"""The live count, as people at their browsers see it."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(autouse=True)
def nobody_online(portal):
    """Start from an empty site."""
    portal.forget_visitors()


def number(page):
    """Return the number in the footer."""
    return page.locator(".footer-visitors [data-visitor-count]")


def test_two_browsers_see_two_and_one_when_the_other_leaves(open_browser):
    first, second = open_browser(), open_browser()
    first.goto("/")
    expect(number(first)).to_have_text("1")
    second.goto("/tin-tuc/")
    expect(number(second)).to_have_text("2")
    expect(second.locator(".footer-visitors")).to_contain_text("2 người đang online")
    expect(number(first)).to_have_text("2", timeout=30_000)
    second.close(run_before_unload=True)
    expect(number(first)).to_have_text("1", timeout=30_000)


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
