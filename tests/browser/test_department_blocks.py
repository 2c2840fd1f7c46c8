"""Publications of a department: documents, tables, galleries, videos, from editor to phone."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import editor
from tests.browser.conftest import send_password

TITLE = "Hướng dẫn nộp hồ sơ thi đua cuối năm"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PHONE = {"width": 360, "height": 740}
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def files(tmp_path):
    """A picture and a document on the editor's machine."""
    picture, document = tmp_path / "hoi-truong.jpg", tmp_path / "huong-dan.pdf"
    Image.new("RGB", (1600, 1000), "teal").save(picture)
    document.write_bytes(PDF)
    return picture, document


def fill(block, field, text):
    """Fill one field of a block."""
    block.locator(f"[data-contentpath={field}]").locator("input, textarea").first.fill(text)


def upload_document(page, block, file, title):
    """Upload a document in the chooser of the block, which chooses it."""
    dialogue = editor.open_upload(page, block)
    dialogue.locator("input[type=file]").set_input_files(file)
    dialogue.locator("input[name$=title]").fill(title)
    dialogue.locator("form[data-chooser-modal-creation-form] button[type=submit]").click()
    expect(page.locator(".modal-body")).to_have_count(0)


def write_article(page, files):
    """Write an article with the blocks of a department, and publish it."""
    picture, document = files
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").fill(TITLE)
    editor.write_paragraphs(page, "Hồ sơ nộp trước ngày 15/12.")
    block = editor.add_block(page, "Văn bản")
    upload_document(page, block, document, "Hướng dẫn 62")
    fill(block, "number", "62/HD-SNV")
    fill(block, "issue_date", "29/05/2026")
    fill(block, "issuing_body", "Sở Nội vụ")
    fill(block, "abstract", "Hướng dẫn nộp hồ sơ")
    block = editor.add_block(page, "Bảng")
    page.locator("[id$=-table-caption], [id$=-handsontable-col-caption]").first.fill("Mức thưởng")
    cell = block.locator(".htCore td").first
    cell.dblclick()
    page.keyboard.type("Danh hiệu")
    page.keyboard.press("Enter")
    block = editor.add_block(page, "Khung nổi bật")
    fill(block, "title", "Mang theo")
    block.locator("[contenteditable=true]").first.click()
    page.keyboard.insert_text("Giấy giới thiệu.")
    block = editor.add_block(page, "Phim")
    fill(block, "title", "Lễ phát động")
    fill(block, "link", VIDEO)
    editor.choose_action(page, "action-publish")
    expect(page.locator(".messages")).to_contain_text(TITLE)


def test_an_article_of_all_kinds_goes_from_the_newsroom_to_a_phone(sign_in, open_browser, files):
    write_article(sign_in("duyetbai"), files)
    reader = open_browser(viewport=PHONE)
    asked = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto("/search/?q=huong+dan+nop+ho+so")
    reader.locator(".results a", has_text=TITLE).click()
    expect(reader.locator("h1")).to_have_text(TITLE)
    expect(reader.locator(".document")).to_contain_text("29/05/2026")
    expect(reader.locator(".table caption")).to_have_text("Mức thưởng")
    expect(reader.locator(".table th").first).to_have_text("Danh hiệu")
    expect(reader.locator(".callout")).to_contain_text("Giấy giới thiệu.")
    width = "document.documentElement.scrollWidth"
    assert reader.evaluate(width) <= 360
    with reader.expect_download() as download:
        reader.locator(".document-file").click()
    assert download.value.path().read_bytes() == PDF
    assert not [url for url in asked if "youtube" in url]
    reader.route(
        re.compile("youtube"),
        lambda route: route.fulfill(body="<p>phim</p>", content_type="text/html"),
    )
    reader.locator(".video-link").click()
    expect(reader.frame_locator(".video iframe").locator("p")).to_have_text("phim")


def test_a_reader_finds_by_words_without_accents(open_browser):
    reader = open_browser(viewport=PHONE)
    reader.goto("/")
    reader.locator("header .search-link").click()
    reader.locator("main [name=q]").fill("THI DUA")
    reader.keyboard.press("Enter")
    expect(reader.locator(".results li").first).to_be_visible()
    expect(reader.locator(".results mark").first).to_have_text(re.compile("thi", re.IGNORECASE))


def test_a_gallery_is_filled_and_shown(sign_in, open_browser, files):
    page = sign_in("duyetbai")
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").fill("Chùm ảnh hội trường")
    block = editor.add_block(page, "Bộ ảnh")
    dialogue = editor.open_upload(page, block)
    dialogue.locator("input[type=file]").set_input_files(files[0])
    dialogue.locator("input[name$=title]").fill("Hội trường")
    dialogue.locator("form[data-chooser-modal-creation-form] button[type=submit]").click()
    expect(page.locator(".modal-body")).to_have_count(0)
    fill(block, "alt_text", "Hàng ghế màu xanh")
    fill(block, "caption", "Trước giờ khai mạc")
    editor.choose_action(page, "action-publish")
    expect(page.locator(".messages")).to_contain_text("Chùm ảnh hội trường")
    reader = open_browser(viewport=PHONE)
    reader.goto("/tin-tuc/chum-anh-hoi-truong/")
    expect(reader.locator(".gallery img")).to_have_attribute("alt", "Hàng ghế màu xanh")
    expect(reader.locator(".gallery figcaption")).to_contain_text("Trước giờ khai mạc")


def test_a_topic_is_made_chosen_and_read(sign_in, open_browser):
    page = sign_in("duyetbai")
    page.goto("/admin/snippets/news/topic/add/")
    page.locator("[name=name]").fill("Hồ sơ điện tử")
    editor.choose_action(page, "action-publish")
    expect(page.locator(".messages")).to_contain_text("Hồ sơ điện tử")
    editor.new_article(page, "Tin tức")
    page.locator("[name=title]").fill("Nộp hồ sơ tại nhà")
    page.locator(
        "#panel-child-content-article_topics-section button, "
        "[id*=article_topics] button[data-multiple-chooser-open], "
        "button#id_article_topics-OPEN_MODAL"
    ).last.click()
    dialogue = page.locator(".modal-body")
    dialogue.locator("tr", has_text="Hồ sơ điện tử").locator("input[type=checkbox]").check()
    dialogue.locator("button[type=submit], [data-multiple-choice-submit]").last.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    editor.choose_action(page, "action-publish")
    expect(page.locator(".messages")).to_contain_text("Nộp hồ sơ tại nhà")
    reader = open_browser(viewport=PHONE)
    reader.goto("/tin-tuc/nop-ho-so-tai-nha/")
    reader.locator(".topics a", has_text="Hồ sơ điện tử").click()
    expect(reader).to_have_url(re.compile("/chu-de/ho-so-dien-tu/$"))
    expect(reader.locator(".card-title")).to_have_text("Nộp hồ sơ tại nhà")


PUBLISH_SOON = """
from datetime import timedelta
from django.utils import timezone
from news.models import ArticlePage, NewsIndexPage
section = NewsIndexPage.objects.get(locale__language_code="vi", slug="tin-tuc")
article = ArticlePage(title="Tin hẹn giờ của máy", live=False)
section.add_child(instance=article)
article.go_live_at = timezone.now() + timedelta(seconds=5)
article.save_revision().publish()
"""


WAIT = """
async () => {
  for (let turn = 0; turn < 200; turn += 1) {
    if ((await fetch("/tin-tuc/tin-hen-gio-cua-may/")).ok) return;
    await new Promise((go) => setTimeout(go, 300));
  }
}
"""


def test_the_worker_publishes_what_is_due(portal, open_browser):
    reader = open_browser()
    portal.manage("shell", "-c", PUBLISH_SOON)

    def status():
        return reader.goto("/tin-tuc/tin-hen-gio-cua-may/").status

    assert status() in (200, 404)
    reader.evaluate(WAIT)
    assert status() == 200


def test_a_withdrawn_article_sends_its_readers_on(sign_in, open_browser):
    page = sign_in("duyetbai")
    for title in ("Tin sẽ gỡ", "Tin thay thế"):
        editor.new_article(page, "Tin tức")
        page.locator("[name=title]").fill(title)
        editor.choose_action(page, "action-publish")
        expect(page.locator(".messages")).to_contain_text(title)
    editor.open_section(page, "Tin tức")
    page.locator("tbody tr", has_text="Tin sẽ gỡ").locator("a", has_text="Tin sẽ gỡ").first.click()
    page.wait_for_url(re.compile("/edit/"))
    page.goto(page.url.replace("/edit/", "/unpublish/"))
    page.locator("[data-chooser-action-choose]:visible").first.click()
    dialogue = page.locator(".modal-body")
    dialogue.locator("[name=q]").fill("tin thay the")
    dialogue.locator("a[data-title], .title a", has_text="Tin thay thế").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    page.locator("main form[method=POST] button[type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()
    reader = open_browser()
    reader.goto("/tin-tuc/tin-se-go/")
    expect(reader.locator("h1")).to_have_text("Tin thay thế")


def test_an_administrator_makes_and_disables_an_account_without_e_mail(sign_in, open_browser):
    page = sign_in("quantri")
    page.goto("/admin/users/new/")
    page.locator("[name=username]").fill("nguoimoi")
    page.locator("[name=first_name]").fill("Lê Người Mới")
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("ruong-bac-thang-9")
    page.get_by_role("tab").nth(1).click()
    page.locator("label", has_text="Editors").click()
    page.locator("main form button[type=submit]:visible").last.click()
    expect(page.locator(".messages")).to_contain_text("nguoimoi")

    def enter():
        person = open_browser()
        send_password(person, "nguoimoi", "ruong-bac-thang-9")
        return person

    expect(enter()).to_have_url(re.compile("/admin/$"))
    page.goto("/admin/users/?q=nguoimoi")
    page.locator("tbody a", has_text="Lê Người Mới").first.click()
    page.wait_for_url(re.compile("/admin/users/edit/"))
    page.locator("[name=is_active]").uncheck()
    page.locator("main form button[type=submit]:visible").last.click()
    expect(page.locator(".messages")).to_contain_text("nguoimoi")
    expect(enter()).to_have_url(re.compile("/admin/login/"))
