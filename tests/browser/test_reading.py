"""The tools of an article: listening, sharing and printing.

The device provides the voices, and no test machine has a Vietnamese voice. `VOICES` therefore
replaces the browser's speech synthesis, and records the texts that it should say.
"""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.addresses import ADDRESSES, ARTICLE

pytestmark = pytest.mark.appearance

VOICES = """
(() => {
  const voices = %s;
  const said = (window.said = []);
  window.finish = () => said.at(-1).onend?.();
  const synthesis = new EventTarget();
  Object.assign(synthesis, {
    getVoices: () => voices,
    speak: (utterance) => said.push(utterance),
    cancel: () => {},
  });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})();
"""

OWN = '[{ lang: "vi-VN", localService: true }, { lang: "en-US", localService: true }]'
REMOTE = '[{ lang: "vi-VN", localService: false }, { lang: "fr-FR", localService: true }]'


@pytest.fixture
def reader(open_browser):
    """A browser on a device that has its own voices."""
    page = open_browser()
    page.add_init_script(VOICES % OWN)
    return page


def last_said(page, what="text"):
    """Return a property of the last utterance, by default its text."""
    return page.evaluate(f"window.said.at(-1)?.{what}")


def test_an_article_is_read_paragraph_by_paragraph(reader):
    reader.goto(ARTICLE, wait_until="networkidle")
    reader.get_by_role("button", name="Nghe").click()
    expect(reader.locator("h1")).to_have_class("being-read")
    expect(reader.get_by_role("button", name="Tạm dừng")).to_be_focused()
    assert last_said(reader) == "Sở Nội vụ ra mắt Cổng thông tin điện tử mới"
    assert last_said(reader, "lang") == "vi"
    reader.evaluate("finish()")
    expect(reader.locator(".lead")).to_have_class("lead being-read")
    expect(reader.locator(".being-read")).to_have_count(1)
    for _sentence in range(40):
        if not reader.locator("[data-read-aloud]").is_visible():
            break
        expect(reader.locator(".being-read")).to_be_in_viewport()
        reader.evaluate("finish()")
    spoken = reader.evaluate("window.said.map((each) => each.text).join(' ')")
    assert "Giao diện mới hiển thị tốt" in spoken
    assert "đang online" not in spoken
    assert "Tin mới nhất" not in spoken
    expect(reader.get_by_role("button", name="Nghe")).to_be_visible()


def test_reading_pauses_goes_on_and_stops(reader):
    reader.goto(ARTICLE, wait_until="networkidle")
    opener = reader.get_by_role("button", name="Nghe")
    opener.click()
    expect(reader.locator("h1")).to_have_class("being-read")
    reader.evaluate("finish()")
    position = last_said(reader)
    reader.get_by_role("button", name="Tạm dừng").click()
    reader.evaluate("finish()")
    assert last_said(reader) == position
    reader.get_by_role("button", name="Đọc tiếp").click()
    assert last_said(reader) == position
    reader.get_by_label("Tốc độ").select_option("1.5")
    assert last_said(reader, "rate") == 1.5
    assert last_said(reader) == position
    reader.get_by_role("button", name="Dừng", exact=True).click()
    expect(reader.locator(".being-read")).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    expect(reader.locator("h1")).to_have_class("being-read")
    assert last_said(reader) == "Sở Nội vụ ra mắt Cổng thông tin điện tử mới"
    reader.keyboard.press("Escape")
    expect(reader.locator("[data-read-aloud]")).to_be_hidden()


def test_an_english_article_is_read_in_english(reader):
    reader.goto(ADDRESSES["en"]["article"], wait_until="networkidle")
    reader.get_by_role("button", name="Listen").click()
    expect(reader.get_by_role("button", name="Pause")).to_be_visible()
    assert last_said(reader, "lang") == "en"
    assert last_said(reader, "voice.lang") == "en-US"


@pytest.mark.parametrize("voices", ["[]", REMOTE], ids=["none", "only of a server or a language"])
def test_reading_is_not_offered_without_a_voice_of_the_device(open_browser, voices):
    page = open_browser()
    page.add_init_script(VOICES % voices)
    page.goto(ARTICLE, wait_until="networkidle")
    expect(page.get_by_role("button", name="In bài")).to_be_visible()
    expect(page.locator("[data-listen]")).to_be_hidden()


def test_voices_that_are_found_late_are_used(open_browser):
    page = open_browser()
    page.add_init_script(VOICES % "[]")
    page.goto(ARTICLE, wait_until="networkidle")
    expect(page.get_by_role("button", name="In bài")).to_be_visible()
    page.evaluate(f"speechSynthesis.getVoices().push(...{OWN})")
    page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(page.get_by_role("button", name="Nghe")).to_be_visible()


def test_the_link_is_copied(open_browser, portal):
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{ARTICLE}?tu=noi-khac#content", wait_until="networkidle")
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("status")).to_have_text("Đã sao chép liên kết.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{portal.url}{ARTICLE}"


def test_a_browser_that_refuses_to_copy_shows_the_link(open_browser, portal):
    page = open_browser()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    page.goto(ARTICLE, wait_until="networkidle")
    page.get_by_role("button", name="Sao chép liên kết").click()
    expect(page.get_by_role("status")).to_contain_text(f"{portal.url}{ARTICLE}")


def test_an_article_is_shared_through_the_browser(open_browser, portal):
    page = open_browser()
    page.add_init_script("navigator.share = async (data) => { window.shared = data; }")
    page.goto(ARTICLE, wait_until="networkidle")
    page.get_by_role("link", name="Chia sẻ").click()
    assert page.evaluate("window.shared") == {
        "title": "Sở Nội vụ ra mắt Cổng thông tin điện tử mới",
        "url": f"{portal.url}{ARTICLE}",
    }


def test_an_article_is_shared_by_mail_where_the_browser_has_no_dialogue(open_browser, portal):
    page = open_browser(java_script_enabled=False)
    page.goto(ARTICLE, wait_until="networkidle")
    letter = urlsplit(page.get_by_role("link", name="Chia sẻ").get_attribute("href"))
    assert letter.scheme == "mailto"
    assert parse_qs(letter.query) == {
        "subject": ["Sở Nội vụ ra mắt Cổng thông tin điện tử mới"],
        "body": [f"{portal.url}{ARTICLE}"],
    }


def test_the_print_button_prints(open_browser):
    page = open_browser()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(ARTICLE, wait_until="networkidle")
    page.get_by_role("button", name="In bài").click()
    assert page.evaluate("window.printed")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_an_article_on_paper_says_where_it_is_from(open_browser, portal, theme):
    page = open_browser()
    page.goto(ARTICLE, wait_until="networkidle")
    page.evaluate(f"localStorage.setItem('display-theme', '{theme}')")
    page.goto(ARTICLE, wait_until="networkidle")
    document = PdfReader(io.BytesIO(page.pdf(format="A4", tagged=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in document.pages).split())
    for printed in (
        "Sở Nội vụ tỉnh Hải Lam",
        "Đăng ngày 19 - 11 - 2026",
        "Thảo Nguyên",
        f"{portal.url}{ARTICLE}",
    ):
        assert printed in text
    for left_out in (
        "Tin mới nhất",
        "Tìm trong trang",
        "Sao chép",
        "người đang online",
        "Hiển thị",
    ):
        assert left_out not in text
    assert page.evaluate("matchMedia('print').matches") is False
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_css("background-color", "rgb(255, 254, 251)")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")


SOURCE = """
from news.models import ArticlePage
article = ArticlePage.objects.get(slug="{slug}")
article.source_name, article.source_url = "Báo Hải Lam", "https://bao.example/tin/1"
article.save_revision().publish()
"""


def test_a_source_is_printed_with_its_address(open_browser, portal):
    address = ADDRESSES["vi"]["document"]
    portal.manage("shell", "-v0", "-c", SOURCE.format(slug=address.strip("/").split("/")[-1]))
    page = open_browser()
    page.goto(address, wait_until="networkidle")
    document = PdfReader(io.BytesIO(page.pdf(format="A4", tagged=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in document.pages).split())
    assert "Nguồn tin: Báo Hải Lam" in text
    assert "(https://bao.example/tin/1)" in text


def test_captions_stay_with_their_pictures_on_paper(open_browser):
    page = open_browser()
    page.goto(ADDRESSES["vi"]["gallery"], wait_until="networkidle")
    # Printing itself does not wait for lazy pictures.
    for image in page.locator("figure img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
    captions = page.locator("figcaption").all_inner_texts()
    document = PdfReader(io.BytesIO(page.pdf(format="A5")))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in document.pages]
    pictures = [sum(image.image.width > 200 for image in sheet.images) for sheet in document.pages]
    counts = [sum(caption.split(". ")[0] in sheet for caption in captions) for sheet in sheets]
    assert sum(counts) == len(captions) == 6
    assert counts == pictures
