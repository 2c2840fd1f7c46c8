"""Faults that must not happen while an editor types."""

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

from tests.browser import editor


def test_a_picture_that_is_none_is_refused_and_nothing_typed_is_lost(sign_in, tmp_path):
    lie = tmp_path / "anh.jpg"
    lie.write_text("đây không phải là ảnh")
    page = sign_in("bientap")
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").fill("Bài có tệp không phải ảnh")
    editor.write_paragraphs(page, "Đoạn văn đã viết.")
    dialogue = editor.open_upload(page, editor.add_block(page, "Ảnh có chú thích"))
    dialogue.locator("input[type=file]").set_input_files(lie)
    dialogue.locator("input[name$=title]").fill("Ảnh giả")
    dialogue.locator("form[data-chooser-modal-creation-form] button[type=submit]").click()
    errors = page.locator(".modal-body .error-message")
    expect(errors).to_have_count(1)
    expect(errors).to_contain_text("ảnh")
    expect(page.locator(".modal-body input[name$=title]").last).to_have_value("Ảnh giả")
    page.locator(".modal button.close, .modal [data-dismiss=modal]").first.click()
    expect(page.locator("[name=title]")).to_have_value("Bài có tệp không phải ảnh")
    expect(page.locator("[contenteditable=true]").first).to_have_text("Đoạn văn đã viết.")


def one_page_with_this_title(page, reader, title):
    """Check that readers and editors find exactly one page with the title."""
    expect(page.locator(".messages")).to_contain_text(title)
    reader.goto("/tin-tuc/")
    expect(reader.locator(".card-title", has_text=title)).to_have_count(1)
    editor.open_section(page, "Tin tức")
    expect(page.locator("tbody tr", has_text=title)).to_have_count(1)


def test_publishing_before_the_slug_is_filled_makes_one_page(sign_in, open_browser):
    title = "Tin đăng ngay khi gõ xong"
    page = sign_in("quantri")
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").click()
    page.keyboard.insert_text(title)
    editor.choose_action(page, "action-publish")
    one_page_with_this_title(page, open_browser(), title)


def type_until_autosave(page):
    """Type until Wagtail saves the page automatically.

    Wagtail compares the form with its state some time after the page was opened, so the text must
    keep changing.
    """
    for number in range(10):
        try:
            with page.expect_request(
                lambda request: request.resource_type == "fetch" and "/add/" in request.url,
                timeout=3_000,
            ):
                page.locator("[name=author]").fill(f"Hoài Phương {number}")
                page.keyboard.press("Tab")
        except PlaywrightTimeoutError:
            continue
        return
    pytest.fail("the editor never saved by itself")


def test_publishing_during_autosave_makes_one_page(sign_in, open_browser):
    title = "Tin đăng giữa lúc tự lưu"
    page = sign_in("quantri")
    editor.new_article(page, "Tin tức")
    held = []

    def hold_answer(route):
        if route.request.resource_type == "fetch" and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/add/news/articlepage/**", hold_answer)
    page.locator("[name=title]").fill(title)
    type_until_autosave(page)
    while not held:
        page.wait_for_timeout(50)
    [(route, response)] = held
    editor.choose_action(page, "action-publish")
    route.fulfill(response=response)
    one_page_with_this_title(page, open_browser(), title)


def test_the_same_title_twice_is_numbered(sign_in, open_browser):
    reader = open_browser()
    page = sign_in("quantri")
    for slug in ("lich-tiep-cong-dan", "lich-tiep-cong-dan-2"):
        editor.new_article(page, "Tin tức")
        page.locator("[name=title]").fill("Lịch tiếp công dân")
        editor.choose_action(page, "action-publish")
        expect(page.locator(".messages")).to_contain_text("Lịch tiếp công dân")
        reader.goto(f"/tin-tuc/{slug}/")
        expect(reader.locator("h1")).to_have_text("Lịch tiếp công dân")
