from playwright.sync_api import expect
from tests.browser import editor
from tests.browser.conftest import ROOT
def test_try(sign_in, portal):
    p = sign_in("bientap")
    editor.new_article(p, "Tin tức")
    p.screenshot(path="/tmp/shots/admin_add.png", full_page=True)
    p.locator("input[name=title]").fill("Khối thi đua Đà Nẵng: ký giao ước")
    p.locator("textarea[name=introduction]").fill("Sapô")
    editor.write_paragraphs(p, "Một", "Hai")
    p.screenshot(path="/tmp/shots/admin_add2.png", full_page=True)
    editor.upload_picture(p, ROOT/"home/demo/pictures/river-town.jpg", title="Thị xã", alt_text="Mô tả", caption="Chú thích", credit="Tôi")
    p.screenshot(path="/tmp/shots/admin_add3.png", full_page=True)
    print(p.url, p.locator("input[name=slug]").input_value())
