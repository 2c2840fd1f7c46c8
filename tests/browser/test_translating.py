"""What a translator sees, and what she is not offered."""

from playwright.sync_api import expect


def open_translation(page):
    """Open the English version of the newest article, from the dashboard down."""
    page.goto("/admin/pages/")
    page.locator(".children a[aria-label$=\"'News'\"]").click()
    page.locator("tbody .title a[href$='/edit/']").first.click()
    expect(page.locator(".js-translation-editor")).to_contain_text("Sở Nội vụ ra mắt")


def test_a_translator_is_offered_neither_alias_nor_stop_nor_publishing(sign_in):
    page = sign_in("phiendich")
    open_translation(page)
    expect(page.locator("footer").get_by_text("Xem trước")).to_be_visible()
    expect(page.locator("a[href*=convert_to_alias]")).to_have_count(0)
    expect(page.get_by_text("Dừng bản dịch đồng bộ")).to_be_hidden()
    expect(page.locator("footer [name=action][value=publish]")).to_have_count(0)


def test_a_translator_saves_a_segment(sign_in):
    page = sign_in("phiendich")
    open_translation(page)
    title = page.locator(".js-translation-editor li, .js-translation-editor section").filter(
        has_text="Department of Home Affairs launches"
    )
    title.get_by_role("button", name="Sửa").first.click()
    title.locator("textarea, [contenteditable=true]").first.fill("The department's new portal")
    title.get_by_role("button", name="Lưu").first.click()
    page.reload()
    expect(page.locator(".js-translation-editor")).to_contain_text("The department's new portal")


def test_the_vietnamese_tree_is_out_of_reach_for_a_translator(sign_in):
    page = sign_in("phiendich")
    page.goto("/admin/pages/")
    expect(page.locator("main, .content").first).to_contain_text("News")
    expect(page.locator("tbody")).not_to_contain_text("Tin tức")
