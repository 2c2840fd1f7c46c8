"""What a translator sees, and what she is not offered."""

from playwright.sync_api import expect


def open_translation(page):
    """Open the English version of the newest article, from the dashboard down."""
    page.goto("/admin/pages/")
    page.locator(".children a[aria-label$=\"'News'\"]").click()
    page.locator("tbody .title a[href$='/edit/']").first.click()
    expect(page.locator(".js-translation-editor")).to_contain_text("Hải Lam qua bốn mùa")


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
    title = page.locator(".js-translation-editor li.complete").first
    title.get_by_role("button", name="Sửa").click()
    title.locator("textarea").fill("The department's new portal")
    title.get_by_role("button", name="Lưu").click()
    expect(title.locator("textarea")).to_have_count(0)
    page.reload()
    expect(page.locator(".js-translation-editor")).to_contain_text("The department's new portal")


def test_the_vietnamese_tree_is_out_of_reach_for_a_translator(sign_in):
    page = sign_in("phiendich")
    page.goto("/admin/pages/")
    titles = page.locator("tbody .title")
    expect(titles.filter(has_text="News")).to_have_count(1)
    expect(titles.filter(has_text="Tin tức")).to_have_count(0)
