"""A language that an administrator adds, after the operator has listed it in LANGUAGES."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import expect_saved

# Enough requests to reach each process of the web server. Each caches the home pages' addresses.
REQUESTS = 12

# A page in Vietnamese and English that needs no pictures to be drawn first.
WITHOUT_PICTURES = "/gioi-thieu/"


@pytest.fixture(scope="module")
def portal(filled_site, tmp_path_factory):
    """A separate portal in three languages, served by several processes without Redis."""
    folder = tmp_path_factory.mktemp("portal")
    with filled_site.serve_copy(folder, "languages", LANGUAGES="vi,en,fr") as portal:
        yield portal


@pytest.fixture(scope="module")
def administrator(module_browsers):
    """The browser of an administrator who has added French."""
    page = module_browsers.sign_in("quantri")
    page.goto("/admin/locales/new/")
    expect(page.locator("[name=language_code] option")).to_have_text(["Français"])
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#locales-list")).to_contain_text("Français")
    return page


@pytest.fixture(scope="module")
def french_home(administrator):
    """The French home page, translated and published like any other page."""
    page = administrator
    page.goto("/admin/pages/")
    row = page.locator("tbody tr", has_text="Français")
    row.locator(".title a[href$='/edit/']").first.click()
    # The desk saves what is typed once its script has loaded.
    page.wait_for_url("**/admin/translations/**")
    page.locator("[data-desk-row][data-condition=todo] textarea").fill("Accueil")
    expect_saved(page)
    with page.expect_navigation():
        page.locator("button[formaction$='/publish/']").click()


def languages(page):
    """Return the entries of the language switch."""
    return page.locator(".languages li")


def test_what_is_added_is_not_shown_to_readers_yet(administrator, open_browser):
    page = open_browser()
    page.goto(WITHOUT_PICTURES)
    expect(languages(page)).to_have_text(["Tiếng Việt", "English"])
    assert page.goto("/fr/").status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    expect(page.locator(".message a")).to_have_attribute("href", "/")


def test_the_admin_has_the_translators_and_the_frame_of_the_language(administrator):
    administrator.goto("/admin/groups/")
    expect(administrator.get_by_role("link", name="Translators (French)")).to_be_visible()
    administrator.goto("/admin/snippets/cms/siteframe/?locale=fr")
    expect(administrator.locator("main")).to_contain_text("News portal")


def test_each_process_serves_and_offers_the_home_page_once_it_is_published(
    french_home, open_browser
):
    reader = open_browser()
    for _request in range(REQUESTS):
        assert reader.goto("/fr/").status == 200
        reader.goto(WITHOUT_PICTURES)
        expect(languages(reader).last).to_contain_text("Français")
    languages(reader).get_by_role("link", name="Français").click()
    expect(reader).to_have_title("Accueil – News portal")
    expect(reader.locator("main")).not_to_contain_text("Trang")


def test_a_page_that_is_not_in_french_says_so_and_leads_to_the_french_home_page(
    french_home, open_browser
):
    for width in (1280, 360):
        page = open_browser(viewport={"width": width, "height": 900})
        page.goto(WITHOUT_PICTURES)
        french = page.locator(".languages li[lang=fr]")
        expect(french).to_contain_text("This page is not translated; to the home page")
        english = page.locator(".languages li[lang=en]")
        expect(english).to_have_text("English")
        expect(page.get_by_role("button", name="Hiển thị")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        french.get_by_role("link").click()
        expect(page.locator("html")).to_have_attribute("lang", "fr")
