"""Articles that no editor should create. Each still looks right on a phone and on a desktop."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.appearance

MAKE = """
import io, json
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from cms.models import PortalImage
from news.models import ArticlePage, NewsIndexPage
from home.models import HomePage

home = HomePage.objects.get(locale__language_code="vi")
section = NewsIndexPage(title="Thử thách", slug="thu-thach", live=True)
home.add_child(instance=section)
home.add_child(instance=NewsIndexPage(title="Trống", slug="trong", live=True))

def picture(name, size, mode="RGB", colour="teal", form="JPEG"):
    image = Image.new(mode, size, colour)
    if mode == "RGBA":
        ImageDraw.Draw(image).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=(0, 0, 0, 255))
    file = io.BytesIO()
    image.save(file, form)
    stored = ContentFile(file.getvalue(), f"{name}.{form.lower()}")
    return PortalImage.objects.create(title=name, file=stored)

def shown(image, caption="Chú thích"):
    value = {"image": image.pk, "alt_text": "Ảnh thử", "decorative": False}
    return {"type": "image", "value": {"image": value, "caption": caption, "credit": ""}}

def text(words):
    return {"type": "paragraph", "value": f"<p>{words}</p>"}

def article(slug, title, *body, **fields):
    page = ArticlePage(title=title, slug=slug, body=json.dumps(body), **fields)
    section.add_child(instance=page)
    page.save_revision().publish()

article("dai", "Nghiêng" * 36, text("Một dòng."), introduction="x" * 900)
article("chu-thich", "Chú thích dài", shown(picture("a", (800, 500)), "Lời dài " * 250))
article(
    "anh",
    "Ảnh lạ",
    shown(picture("cham", (1, 1), form="PNG")),
    shown(picture("dai-ngang", (12000, 300))),
    shown(picture("trong-suot", (600, 400), "RGBA", (0, 0, 0, 0), "PNG")),
    shown(picture("cmyk", (900, 600), "CMYK", (200, 0, 0, 0))),
    shown(picture("doc", (600, 2400))),
)
few = [picture(f"nhieu-{number}", (640, 400)) for number in range(4)]
article(
    "rat-dai",
    "Bốn mươi nghìn từ",
    *(block for n in range(200) for block in (text("từ ngữ " * 100), shown(few[n % 4]))),
)
article("chi-tieu-de", "Chỉ có tiêu đề")
article("phai-sang-trai", "مرحبا بكم في البوابة 🎉👩🏽‍🌾", text("مرحبا"))
print("made")
"""

PATHS = ("dai", "chu-thich", "anh", "rat-dai", "chi-tieu-de", "phai-sang-trai")


@pytest.fixture(scope="module")
def challenges(portal):
    """The address of a section with the articles. It and an empty section exist until the end."""
    assert "made" in portal.manage("shell", "-v0", "-c", MAKE)
    yield "/thu-thach/"
    portal.manage(
        "shell",
        "-c",
        "from wagtail.models import Page\n"
        "[page.delete() for page in Page.objects.filter(slug__in=['thu-thach', 'trong'], depth=3)]",
    )


@pytest.fixture(params=[360, 1280])
def page(request, open_browser):
    """A page in a browser window of one width."""
    return open_browser(viewport={"width": request.param, "height": 800})


def fits(page):
    """Return whether all content fits the width of the window."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_pushes_the_page_apart(page, challenges, path):
    page.goto(f"{challenges}{path}/")
    expect(page.locator("h1")).to_be_visible()
    assert fits(page)


def test_lists_hold_titles_and_pictures_of_any_kind(page, challenges):
    page.goto(challenges)
    expect(page.locator(".card")).to_have_count(len(PATHS))
    assert fits(page)
    page.goto("/")
    assert fits(page)


def test_a_section_without_articles_says_so(page, challenges):
    page.goto("/trong/")
    expect(page.locator(".empty")).to_have_text("Chưa có bài viết.")
    assert fits(page)


SIZES = """
() => [...document.querySelectorAll(".captioned-image img")].map((img) => {
  const { width, height } = img.getBoundingClientRect();
  return { width, height, own: img.naturalWidth / (img.naturalHeight || 1), stated: img.width };
})
"""


def test_pictures_are_neither_enlarged_nor_pulled_nor_taller_than_the_screen(page, challenges):
    page.goto(f"{challenges}anh/")
    for image in page.locator(".captioned-image img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
    dot, wide, clear, cmyk, tall = page.evaluate(SIZES)
    assert dot["width"] == 1
    assert wide["height"] > 0
    assert clear["width"] <= 600
    for picture in (wide, clear, cmyk, tall):
        # The limit is 90% of the height of the window, and a pixel for rounding.
        assert picture["height"] <= 721
    assert cmyk["width"] / cmyk["height"] == pytest.approx(cmyk["own"], rel=0.02)


def test_a_see_through_picture_stands_on_white_in_the_dark(open_browser, challenges):
    page = open_browser(color_scheme="dark")
    page.goto(f"{challenges}anh/")
    image = page.locator(".captioned-image img").nth(2)
    expect(image).to_have_css("background-color", "rgb(255, 255, 255)")


def test_pictures_cost_no_shift_of_what_is_read(page, challenges):
    """Pictures are delayed until all text is laid out, so that only shifts by pictures count."""
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.shift += entry.value; }))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    held = []
    for path in ("anh", "rat-dai"):
        page.route("**/media/**", lambda route: held.append(route))
        page.goto(f"{challenges}{path}/", wait_until="domcontentloaded")
        page.evaluate("new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn)))")
        page.evaluate("window.shift = 0")
        assert held
        while held:
            held.pop().continue_()
        page.unroute("**/media/**")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") == 0


def test_an_endless_article_is_whole(page, challenges):
    page.goto(f"{challenges}rat-dai/")
    assert page.locator(".body p").count() == 200
    assert page.locator(".body img").count() == 200
    assert page.locator(".body img[loading=lazy]").count() == 199


def test_an_emoji_and_a_right_to_left_title_reach_machines_unchanged(page, challenges):
    page.goto(f"{challenges}phai-sang-trai/")
    data = [
        json.loads(each)
        for each in page.locator("script[type='application/ld+json']").all_inner_texts()
    ]
    assert "مرحبا بكم في البوابة 🎉👩🏽‍🌾" in {each.get("headline") for each in data}
