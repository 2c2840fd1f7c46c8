"""An article's way into English, with a translator, a moderator, an editor, and a PO file."""

import re
from urllib.parse import urlencode

import polib
import pytest
from playwright.sync_api import expect

from tests.browser import editor
from tests.browser.test_desk import complaints, expect_saved

pytestmark = pytest.mark.everywhere

TITLE = "Công bố 12 thủ tục hành chính mới"
OTHER = "Sở Nội vụ ra mắt Cổng thông tin điện tử mới"
LEAD = "Từ ngày 01/12/2026, tỉnh công bố 12 thủ tục, áp dụng ở mọi xã."

WRITE = f"""
from django.contrib.auth import get_user_model
from news.models import ArticlePage, NewsIndexPage
from tests.cms.filled_body import FilledBody
section = NewsIndexPage.objects.get(slug="tin-tuc")
wanted = ("image", "table", "document")
first = [block for block in FilledBody([section]).raw() if block["type"] in wanted]
second = [block for block in FilledBody([section]).raw() if block["type"] == "image"]
article = ArticlePage(title={TITLE!r}, introduction={LEAD!r}, body=[*first, *second])
section.add_child(instance=article)
article.save_revision().publish(user=get_user_model().objects.get(username="duyetbai"))
"""


@pytest.fixture(scope="module")
def article(portal):
    """A published article with two captioned pictures, a table and an official document."""
    portal.manage("shell", "-v0", "-c", WRITE)


def approve(moderator):
    """Approve the page that is open in the moderator's editor, which publishes it."""
    moderator.locator("footer button[data-w-dropdown-target=toggle]").click()
    moderator.locator("[data-workflow-action-name=approve]").first.click()
    expect(moderator.locator(".messages .success")).to_be_visible()


def correct(writer, moderator, title, field, value):
    """Correct a field of the article `title` as the editor, and approve it as the moderator."""
    writer.goto(f"/admin/pages/search/?{urlencode({'q': title})}")
    writer.locator("tbody a").get_by_text(title, exact=True).click()
    writer.locator(f"[name={field}]").fill(value)
    address = writer.url
    editor.choose_action(writer, "action-submit")
    expect(writer.locator(".messages .success")).to_be_visible()
    moderator.goto(address)
    approve(moderator)


def line(page, title):
    """Return the row of the board with `title`."""
    return page.locator("tbody tr").filter(has_text=title)


def translate_all(page):
    """Translate every text as English words that contain the number of the text."""
    fields = page.locator("[data-desk-field]")
    for number in range(fields.count()):
        fields.nth(number).fill(f"English text {number}")
    fields.last.blur()
    expect(page.locator("[data-desk-gaps]")).to_have_text("")
    expect_saved(page)


@pytest.mark.usefixtures("article")
def test_an_article_is_translated_reviewed_corrected_and_settled(sign_in, tmp_path):
    translator, moderator = sign_in("phiendich"), sign_in("duyetbai")
    writer = sign_in("bientap")

    translator.goto("/admin/translations/")
    line(translator, TITLE).get_by_role("button", name=re.compile("Bắt đầu")).click()
    translator.wait_for_url(re.compile(r"/admin/translations/\d+/"))
    desk = translator.url
    translate_all(translator)
    with translator.context.expect_page() as opened:
        translator.locator(".desk-actions .desk-preview-link").dispatch_event("click")
    opened.value.wait_for_load_state()
    expect(opened.value.locator("article figure")).to_have_count(2)
    expect(opened.value.locator("article table")).to_be_visible()
    expect(opened.value.locator("article")).not_to_contain_text("Chữ")
    opened.value.close()
    translator.locator("button[formaction$='/hand-on/']").click()
    expect(translator.locator("[data-desk-field]").first).to_have_attribute("readonly", "")

    moderator.goto(desk)
    assert complaints(moderator) == []
    moderator.locator(".help-info a[href$='/edit/']").click()
    approve(moderator)
    translator.goto(desk)
    expect(
        translator.locator(".desk-links a[href^='http'], .desk-links a[href*='/en/']").first
    ).to_be_visible()

    correct(writer, moderator, TITLE, "introduction", LEAD.replace("12 thủ tục", "13 thủ tục"))
    correct(writer, moderator, OTHER, "title", OTHER.replace("ra mắt", "ra mắt,"))
    translator.goto("/admin/translations/")
    expect(line(translator, OTHER.replace("ra mắt", "ra mắt,"))).to_be_visible()
    titles = translator.locator("tbody .title-wrapper").all_inner_texts()
    assert titles.index(TITLE) < titles.index(OTHER.replace("ra mắt", "ra mắt,"))

    translator.goto(desk)
    changed = translator.locator("[data-desk-row][data-condition=changed]")
    expect(changed).to_have_count(1)
    expect(changed.locator("ins")).to_contain_text("13")
    changed.locator("textarea").fill("From 1 December 2026 the province has 13 procedures.")
    expect_saved(translator)

    with translator.expect_download() as download:
        translator.locator(".desk-links a[href$='/po/']").click()
    file = tmp_path / "en.po"
    download.value.save_as(file)
    po = polib.pofile(str(file))
    entry = next(each for each in po if each.msgid == TITLE)
    entry.msgstr = "Twelve new administrative procedures"
    po.save()
    translator.goto("/admin/translations/po/")
    translator.set_input_files("input[type=file]", file)
    translator.locator("form:has(input[type=file]) button[type=submit]").click()
    translator.wait_for_load_state()
    translator.goto(desk)
    expect(translator.locator("[data-desk-field]").first).to_have_value(entry.msgstr)

    translator.locator("button[formaction$='/hand-on/']").click()
    expect(translator.locator("[data-desk-field]").first).to_have_attribute("readonly", "")
