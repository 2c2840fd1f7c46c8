"""An article on its way from an editor's keyboard to a reader's phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import editor
from tests.portal import ROOT

pytestmark = pytest.mark.everywhere

PICTURES = ROOT / "home" / "demo" / "pictures"
TITLE = "Khối thi đua huyện Đồng Trầm ký giao ước năm 2027"
SLUG = "khoi-thi-dua-huyen-dong-tram-ky-giao-uoc-nam-2027"
LEAD = "Sáng nay, các đơn vị trong khối đã ký giao ước và bàn việc của năm tới."
FIRST, SECOND, LAST = (
    "Hội nghị nghe báo cáo kết quả của mười đơn vị thành viên.",
    "Các đơn vị thống nhất năm việc sẽ làm chung.",
    "Khối sẽ gặp lại vào tháng Sáu để xem việc nào đã xong.",
)
CAPTIONS = ("Quang cảnh hội nghị.", "Đại diện các đơn vị ký giao ước.")


@pytest.fixture(scope="module")
def article(module_browsers):
    """The address of the article, which `bientap` wrote and `duyetbai` published."""
    write(module_browsers.sign_in("bientap"))
    return publish(module_browsers.sign_in("duyetbai"))


def write(page):
    """Do the editor's part, up to the submission for review."""
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=introduction]").fill(LEAD)
    editor.write_paragraphs(page, FIRST, SECOND)
    for file, caption in zip(("conference-hall", "emulation-signing"), CAPTIONS, strict=True):
        editor.upload_picture(
            page,
            PICTURES / f"{file}.jpg",
            title=caption,
            alt_text=f"Mô tả: {caption}",
            caption=caption,
            credit="Hoài Phương",
        )
    editor.write_paragraphs(page, LAST)
    page.locator("[name=source_name]").fill("Báo Hải Lam")
    page.locator("[name=source_url]").fill("https://baohailam.example/khoi-thi-dua")
    page.locator("[name=published_at]").fill("01/06/2020 16:47")
    page.get_by_role("tab", name="Quảng bá").click()
    expect(page.locator("[name=slug]")).to_have_value(SLUG)
    check_preview(page)
    editor.choose_action(page, "action-submit")
    expect(page.locator(".messages")).to_contain_text("Đã gửi duyệt")


def check_preview(page):
    """Check that the preview panel shows the page in the site's style, and sends no beat.

    Wagtail replaces the frame at each update, so each check waits for a frame that stays.
    """
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("#w-preview-iframe").first
    expect(preview.locator("h1")).to_have_text(TITLE)
    expect(preview.locator("figcaption").first).to_contain_text(CAPTIONS[0])
    expect(preview.locator(".main-menu")).to_have_css("background-color", "rgb(11, 85, 99)")
    expect(preview.locator("html")).not_to_have_attribute("data-visitors-url", re.compile(""))


def publish(page):
    """Do the moderator's part, from the dashboard to the published page, and return its URL."""
    page.locator("a", has_text=TITLE).first.click()
    page.locator("footer button[data-w-dropdown-target=toggle]").click()
    page.locator("footer button[data-workflow-action-name=approve]").first.click()
    expect(page.locator(".messages")).to_contain_text(TITLE)
    page.goto(f"/tin-tuc/{SLUG}/")
    return page.url


def test_a_reader_sees_every_row_of_the_article(open_browser, article):
    page = open_browser()
    page.goto(article)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".posted")).to_have_text("Đăng ngày 01 - 06 - 2020")
    expect(page.locator("[name=text][value='100']")).to_be_checked()
    expect(page.locator(".lead")).to_have_text(LEAD)
    expect(page.locator(".body p")).to_have_text([FIRST, SECOND, LAST])
    expect(page.locator("figcaption")).to_have_text(
        [re.compile(rf"{re.escape(caption)}\s+Ảnh: Hoài Phương") for caption in CAPTIONS]
    )
    for caption in CAPTIONS:
        assert page.content().count(f">{caption}") + page.content().count(f" {caption}\n") == 1
    expect(page.locator(".source")).to_have_text("Nguồn tin: Báo Hải Lam")
    expect(page.locator(".latest li")).to_have_count(8)
    latest = page.locator(".latest li", has_text="Sở Nội vụ ra mắt Cổng thông tin điện tử mới")
    expect(latest.locator("time")).to_have_text("(19/11/2026 8:30 SA)")
    expect(page.get_by_role("link", name="Về đầu trang")).to_be_visible()
    expect(page.locator("[data-visitor-counter]").last).to_contain_text("người đang online")


def test_the_pictures_are_modern_and_described(open_browser, article):
    page = open_browser()
    page.goto(article)
    picture = page.locator("figure picture").first
    expect(picture.locator("source").first).to_have_attribute("type", "image/avif")
    image = picture.locator("img")
    expect(image).to_have_attribute("alt", f"Mô tả: {CAPTIONS[0]}")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("e => e.currentSrc").endswith(".avif")
    assert image.evaluate("e => e.naturalWidth") > 0


def test_the_text_size_is_remembered(open_browser, article):
    page = open_browser()
    page.goto(article)
    lead = page.locator(".lead")
    before = lead.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.locator(".tools").get_by_role("button", name="Cỡ chữ").click()
    page.get_by_role("radio", name="150%").check()
    expect(page.locator("[name=text][value='150']")).to_be_checked()
    page.reload()
    expect(page.locator("[name=text][value='150']")).to_be_checked()
    after = lead.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert after == pytest.approx(before * 1.5)
    page.get_by_role("button", name="Hiển thị").click()
    page.get_by_role("radio", name="100%").check()
    assert lead.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == before


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(open_browser, article, width):
    page = open_browser(viewport={"width": width, "height": 800})
    for address in ("/", "/en/", "/tin-tuc/", "/gioi-thieu/", article):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_is_there_without_javascript(open_browser, article):
    page = open_browser(java_script_enabled=False)
    page.goto(article)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("figure img")).to_have_count(2)
    for name in ("listen", "copy", "print"):
        expect(page.locator(f"[data-{name}]")).to_be_hidden()
    expect(page.locator(".footer-visitors")).to_contain_text(re.compile(r"\(lúc \d\d:\d\d\)"))
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
