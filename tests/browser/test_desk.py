"""The desk in a browser, with JavaScript and without it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.editor import open_section

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

# Changes the lead of the gallery of the demo, as a moderator.
CHANGE = """
from django.contrib.auth import get_user_model
from wagtail.models import Page
user = get_user_model().objects.get(username="duyetbai")
page = Page.objects.get(slug__startswith="chum-anh-hai-lam", locale__language_code="vi").specific
page.introduction = {introduction!r}
page.save_revision(user=user).publish(user=user)
"""


FIND = """
from wagtail_localize.models import Translation
from wagtail.models import Page
page = Page.objects.get(slug__startswith={slug!r}, locale__language_code="vi")
print(Translation.objects.get(source__object_id=page.translation_key).pk)
"""


@pytest.fixture
def open_desk(portal):
    """A function that opens the desk of an article, by default that of the gallery."""

    def go(page, slug="chum-anh-hai-lam"):
        key = portal.manage("shell", "-v0", "-c", FIND.format(slug=slug)).split()[-1]
        page.goto(f"/admin/translations/{key}/")
        expect(page.locator(".desk-original")).to_be_visible()

    return go


def row_of(page, heading, number=0):
    """Return the segment with the index `number` under a heading."""
    group = page.locator("[data-desk-group]").filter(has=page.get_by_role("heading", name=heading))
    return group.locator("[data-desk-row]").nth(number)


def expect_message(page, name):
    """Wait until the desk shows the message that is in the attribute `name` of its form."""
    words = page.locator("[data-desk]").get_attribute(name)
    expect(page.locator("[data-desk-status]")).to_have_text(words)


def expect_saved(page):
    """Wait until the desk shows that everything is saved."""
    expect_message(page, "data-saved")


def complaints(page):
    """Return the violations that axe finds at the desk, with their elements."""
    results = Axe().run(page, context=".desk").response
    return [
        (each["id"], [node["html"] for node in each["nodes"]]) for each in results["violations"]
    ]


@pytest.fixture
def original(portal):
    """A function that changes the lead of the original and publishes it."""

    def change(introduction):
        portal.manage("shell", "-c", CHANGE.format(introduction=introduction))

    return change


def test_what_is_typed_is_saved_without_pressing_anything(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    field.fill("Hải Lam through four seasons, in pictures")
    expect_saved(page)
    row_of(page, "Slug").locator("textarea").fill("Bốn mùa Hải Lam")
    row_of(page, "Slug").locator("textarea").blur()
    expect(row_of(page, "Slug").locator("textarea")).to_have_value("bon-mua-hai-lam")
    page.reload()
    expect(field).to_have_value("Hải Lam through four seasons, in pictures")


def test_a_changed_original_is_marked_and_needs_no_change(sign_in, original, open_desk):
    original("Bốn mùa của Hải Lam qua 6 bức ảnh.")
    page = sign_in("phiendich")
    open_desk(page)
    page.locator("[data-desk-filter=changed]").click()
    rows = page.locator("[data-desk-row]:visible")
    expect(rows).to_have_count(1)
    lead = row_of(page, "Sapô")
    expect(lead.locator("ins").first).to_be_visible()
    text = lead.locator("textarea").input_value()
    lead.locator("[data-desk-confirm]").click()
    expect_saved(page)
    expect(lead).to_have_attribute("data-condition", "done")
    page.reload()
    expect(lead.locator("textarea")).to_have_value(text)
    expect(lead).to_have_attribute("data-condition", "done")


def test_the_keyboard_alone_does_it(sign_in, original, open_desk):
    original("Sáu bức ảnh về bốn mùa.")
    page = sign_in("phiendich")
    open_desk(page)
    page.locator("[data-desk-next]").press("Enter")
    lead = row_of(page, "Sapô").locator("textarea")
    expect(lead).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(row_of(page, "Tiêu đề").locator("textarea")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(lead).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Six pictures of four seasons.")
    page.keyboard.press("Control+Enter")
    expect_message(page, "data-all-done")
    page.reload()
    expect(lead).to_have_value("Six pictures of four seasons.")


def test_a_gap_is_led_to_and_a_complete_translation_handed_on_and_taken_back(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    title = field.input_value()
    field.fill("")
    hand_on = page.locator("[data-desk-step]")
    field.blur()
    expect(hand_on).to_have_attribute("aria-disabled", "true")
    hand_on.click(force=True)
    expect(field).to_be_focused()
    field.fill(title)
    hand_on.click(force=True)
    expect(field).to_have_attribute("readonly", "")
    page.locator("button[formaction$='/take-back/']").click()
    expect(field).not_to_have_attribute("readonly", "")
    field.fill("Writable again")
    expect_saved(page)
    field.fill(title)
    expect_saved(page)


def test_two_people_do_not_overwrite_each_other(sign_in, open_desk):
    one, other = sign_in("phiendich"), sign_in("duyetbai")
    for page in (one, other):
        page.goto("/admin/")
    open_desk(one)
    other.goto(one.url)
    row_of(other, "Tiêu đề").locator("textarea").fill("Theirs")
    expect_saved(other)
    mine = row_of(one, "Tiêu đề")
    mine.locator("textarea").fill("Mine")
    expect(mine.locator("[data-desk-theirs]")).to_have_text("Theirs")
    expect(mine.locator("textarea")).to_have_value("Mine")
    mine.locator("[data-desk-keep]").click()
    expect_saved(one)
    other.reload()
    expect(row_of(other, "Tiêu đề").locator("textarea")).to_have_value("Mine")


def test_a_text_put_back_while_another_is_on_its_way_is_saved(sign_in, open_desk):
    page = sign_in("phiendich")
    page.clock.install()
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    before, on_their_way = field.input_value(), []
    page.route("**/segments/*/", lambda route: on_their_way.append(route), times=1)
    with page.expect_request("**/segments/*/"):
        field.fill("Typed by mistake")
        page.clock.run_for(2000)
    field.fill(before)
    page.clock.run_for(2000)
    on_their_way.pop().continue_()
    expect_saved(page)
    page.reload()
    expect(field).to_have_value(before)


def test_a_text_put_back_at_once_is_said_to_be_saved(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    before = field.input_value()
    field.press_sequentially("x")
    expect_message(page, "data-unsaved")
    field.press("Backspace")
    expect(field).to_have_value(before)
    expect_saved(page)


def test_what_cannot_be_sent_is_kept_and_sent_again(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    page.context.set_offline(True)
    field.fill("Typed without a network")
    expect(page.locator("[data-desk-status]")).to_have_class(re.compile("is-trouble"))
    expect(field).to_have_value("Typed without a network")
    page.context.set_offline(False)
    expect_saved(page)
    page.reload()
    expect(field).to_have_value("Typed without a network")


def test_what_the_server_cannot_take_now_is_kept_and_sent_again(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    field = row_of(page, "Tiêu đề").locator("textarea")
    page.route("**/segments/*/", lambda route: route.fulfill(status=503, body="Closed"), times=1)
    field.fill("Typed while the server was closed")
    expect_message(page, "data-offline")
    expect_saved(page)
    page.reload()
    expect(field).to_have_value("Typed while the server was closed")


def test_an_address_that_was_refused_keeps_the_translation_from_going_on(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page, "so-noi-vu-ra-mat")
    row = page.locator("[data-desk-replacement]").filter(has=page.locator("input[type=text]")).first
    field = row.locator("input[type=text]")
    before = field.input_value()
    field.fill("javascript:alert(1)")
    page.locator("[data-desk-step]").first.click()
    expect(row.locator("[data-desk-error]")).not_to_be_empty()
    expect(field).to_be_focused()
    expect(page.locator("[data-desk-status]")).to_have_class(re.compile("is-trouble"))
    field.fill(before)
    field.blur()
    expect_saved(page)


def test_choices_that_cannot_be_sent_are_all_sent_again_as_they_are_by_then(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page, "so-noi-vu-ra-mat")
    rows = page.locator("[data-desk-replacement]")
    picture, address = rows.locator(".image-chooser").first, rows.locator("input[type=text]").first
    before = address.input_value()
    page.route("**/replacements/*/", lambda route: route.abort())
    picture.locator(".unchosen button").click()
    page.locator(".modal-body [data-chooser-modal-choice]").first.click()
    expect(picture.locator(".chosen")).to_be_visible()
    for typed in ("https://first.example/", "https://second.example/"):
        address.fill(typed)
        address.blur()
    expect_message(page, "data-offline")
    page.unroute("**/replacements/*/")
    expect_saved(page)
    page.reload()
    expect(picture.locator(".chosen")).to_be_visible()
    expect(address).to_have_value("https://second.example/")
    picture.locator(".chosen button").first.click()
    page.locator("[data-chooser-action-clear]:visible").click()
    address.fill(before)
    address.blur()
    expect_saved(page)


def test_all_is_said_to_be_saved_only_when_all_is(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page, "so-noi-vu-ra-mat")
    title = row_of(page, "Tiêu đề").locator("textarea")
    address = page.locator("[data-desk-replacement] input[type=text]").first
    before, on_their_way = [title.input_value(), address.input_value()], []
    page.route("**/replacements/*/", lambda route: on_their_way.append(route))
    title.fill("A title that is saved first")
    title.blur()
    address.fill("https://archive.example/")
    with page.expect_request("**/replacements/*/"):
        address.blur()
    expect_message(page, "data-unsaved")
    on_their_way.pop().continue_()
    page.unroute("**/replacements/*/")
    expect_saved(page)
    for field, text in zip((title, address), before, strict=True):
        field.fill(text)
        field.blur()
    expect_saved(page)


def test_a_tag_is_put_around_what_is_selected(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page, "so-noi-vu-ra-mat")
    row = page.locator("[data-desk-row]").filter(has=page.locator("[data-desk-tags]")).first
    field = row.locator("textarea")
    before = field.input_value()
    field.fill("some words")
    field.select_text()
    button = row.locator("[data-desk-tags] button").first
    opening, closing = button.get_attribute("data-opening"), button.get_attribute("data-closing")
    button.click()
    expect(field).to_have_value(f"{opening}some words{closing}")
    field.fill(before)
    expect_saved(page)


def test_the_tree_leads_a_translator_to_the_desk(sign_in):
    page = sign_in("phiendich")
    open_section(page, "News")
    page.locator("tbody .title a[href$='/edit/']").first.click()
    page.wait_for_url(re.compile("/admin/translations/"))


def test_a_picture_is_replaced_and_put_back(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    row = page.locator("[data-desk-replacement]").filter(has=page.locator(".image-chooser")).first
    row.locator(".unchosen button").click()
    page.locator(".modal-body [data-chooser-modal-choice]").first.click()
    expect_saved(page)
    expect(row.locator(".image-chooser .chosen")).to_be_visible()
    page.reload()
    row.locator(".chosen button").first.click()
    page.locator("[data-chooser-action-clear]:visible").click()
    expect_saved(page)
    page.reload()
    expect(row.locator(".unchosen button")).to_be_visible()


def test_the_preview_follows_the_work(sign_in, open_desk):
    page = sign_in("phiendich")
    open_desk(page)
    page.locator("[data-side-panel-toggle=preview]").click()
    # The former preview stays visible while the next one loads.
    preview = page.frame_locator("[data-desk-frame] iframe").last
    expect(preview.locator("h1")).to_be_visible()
    row_of(page, "Tiêu đề").locator("textarea").fill("As it will look")
    expect(preview.locator("h1")).to_have_text("As it will look")


def test_without_a_script_a_button_saves(sign_in, browsers, open_desk):
    signed_in = sign_in("phiendich")
    page = browsers.open(java_script_enabled=False)
    page.context.add_cookies(signed_in.context.cookies())
    open_desk(page)
    row_of(page, "Tiêu đề").locator("textarea").fill("Saved by a button")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(row_of(page, "Tiêu đề").locator("textarea")).to_have_value("Saved by a button")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(sign_in, original, viewport, scheme, open_desk):
    original(f"Bốn mùa, {viewport['width']} ảnh, {scheme}.")
    page = sign_in("phiendich", viewport=viewport, color_scheme=scheme)
    open_desk(page)
    expect(page.locator("ins").first).to_be_visible()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_vietnamese_tree_is_out_of_reach_for_a_translator(sign_in):
    page = sign_in("phiendich")
    page.goto("/admin/pages/")
    titles = page.locator("tbody .title")
    expect(titles.filter(has_text="News")).to_have_count(1)
    expect(titles.filter(has_text="Tin tức")).to_have_count(0)
