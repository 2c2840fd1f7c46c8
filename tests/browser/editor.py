"""Actions of an editor in the page editor, with one function for each action."""

import re

from playwright.sync_api import expect


def open_section(page, section):
    """Open the list of a section's articles, starting from the root of the page tree."""
    page.goto("/admin/pages/")
    for title in ("Trang chủ", section):
        expect(page.locator("tbody tr").first).to_be_visible()
        children = page.locator(f".children a[aria-label$=\"'{title}'\"]")
        if children.count():
            children.click()
            page.wait_for_load_state()


def new_article(page, section):
    """Open the form of a new article below `section`."""
    open_section(page, section)
    page.locator("header a[href$='/add_subpage/']").click()
    page.wait_for_url(re.compile("/add/news/articlepage/"))


def add_block(page, name):
    """Add a block at the end of the body and return it."""
    body = page.locator('[data-contentpath="body"]').first
    blocks = body.locator("[data-streamfield-child]")
    number = blocks.count()
    body.locator("button.c-sf-add-button").last.click()
    page.locator("[role=option]").get_by_text(name, exact=True).click()
    # A new gallery contains its first picture, which counts as a block, too.
    expect(blocks).not_to_have_count(number)
    return blocks.nth(number)


def write_paragraphs(page, *paragraphs):
    """Add a paragraph block and type the paragraphs into it."""
    editor = add_block(page, "Đoạn văn").locator("[contenteditable=true]")
    editor.click()
    for position, text in enumerate(paragraphs):
        if position:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(text)


def open_upload(page, block):
    """Open the upload tab in the chooser of a block, and return the dialogue."""
    block.locator("[data-chooser-action-choose]:visible").first.click()
    dialogue = page.locator(".modal-body")
    dialogue.get_by_role("tab").nth(1).click()
    return dialogue


def upload_picture(page, file, *, title, alt_text, caption, credit):
    """Add a captioned picture, which is uploaded in the chooser."""
    block = add_block(page, "Ảnh có chú thích")
    dialogue = open_upload(page, block)
    dialogue.locator("input[type=file]").set_input_files(file)
    dialogue.locator("input[name$=title]").fill(title)
    dialogue.locator("form[data-chooser-modal-creation-form] button[type=submit]").click()
    expect(page.locator(".modal-body")).to_have_count(0)
    block.locator("[data-contentpath=alt_text] input").fill(alt_text)
    block.locator("[data-contentpath=caption] input").fill(caption)
    block.locator("[data-contentpath=credit] input").fill(credit)


def choose_action(page, name):
    """Choose an action in the footer of the editor: `action-submit` or `action-publish`."""
    page.locator("footer button[data-w-dropdown-target=toggle]").click()
    page.locator(f"footer button[name={name}]").click()
