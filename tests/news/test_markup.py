"""What every public page is made of: sound HTML, nothing inline, nothing of third parties."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from cms.visitors.models import VisitorCounter
from tests.factories import ArticleFactory, PictureFactory, PlainPageFactory, image_block
from tests.news.reader import in_english, read, words

KINDS = ["home", "section", "article", "plain", "missing"]
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
VIETNAMESE_LETTER = re.compile("[\u00c0-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")


@pytest.fixture
def addresses(home, section, vietnamese):
    """One address of each kind in each language, on a portal that uses every block."""
    body = [
        {"type": "heading", "value": "Heading"},
        {"type": "paragraph", "value": "<p>One <b>two</b> <i>three</i>.</p><ul><li>a</li></ul>"},
        image_block(PictureFactory(title="a"), alt_text="Alt", caption="Caption", credit="Me"),
        image_block(PictureFactory(title="b"), alt_text="Alt"),
        {"type": "quote", "value": {"text": "Quote", "attribution": "Somebody"}},
        {"type": "visitor_count", "value": VisitorCounter.objects.get(locale=vietnamese).pk},
    ]
    article = ArticleFactory(
        parent=section,
        title="Mot bai",
        introduction="Lead",
        author="Author",
        source_name="Source",
        source_url="https://source.example/",
        body=body,
    )
    plain = PlainPageFactory(
        parent=home, title="Mot trang", introduction="Lead", body=body, show_in_menus=True
    )
    for number in range(12):
        ArticleFactory(parent=section, title=f"Tin {number}", introduction="Lead")
    home.leads = [home.leads.model(article=article)]
    home.save_revision().publish()
    return {
        ("vi", "home"): "/",
        ("vi", "section"): section.url,
        ("vi", "article"): article.url,
        ("vi", "plain"): plain.url,
        ("vi", "missing"): "/khong-co/",
        ("en", "home"): "/en/",
        ("en", "section"): "/en/news/",
        ("en", "article"): in_english(article, "An article").url,
        ("en", "plain"): in_english(plain, "A page").url,
        ("en", "missing"): "/en/missing/",
    }


@pytest.fixture(params=[(language, kind) for kind in KINDS for language in ("vi", "en")], ids=str)
def page(request, client, addresses):
    """One page of each kind in each language."""
    status = 404 if request.param[1] == "missing" else 200
    return read(client, addresses[request.param], status)


class Nesting(HTMLParser):
    """Complains of what browsers forgive: elements left open or closed in the wrong order."""

    def __init__(self):
        super().__init__()
        self.open, self.complaints = [], []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.complaints.append(f"<{tag}> repeats an attribute")
        if tag in ("p", "h1", "h2", "h3") and "p" in self.open:
            self.complaints.append(f"<{tag}> in <p>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.complaints.append(f"</{tag}> closes something else")


def test_elements_are_closed_in_their_order(client, addresses):
    for (_language, kind), address in addresses.items():
        nesting = Nesting()
        nesting.feed(client.get(address).content.decode())
        assert nesting.complaints + nesting.open == [], (kind, address)


def test_there_is_one_first_heading_with_words(page):
    [heading] = page.select("h1")
    assert words(heading)


def test_headings_skip_no_level(page):
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
    for before, after in zip(levels, levels[1:], strict=False):
        assert after <= before + 1, levels


def test_no_id_is_used_twice_and_every_reference_leads_to_one(page):
    ids = Counter(element["id"] for element in page.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    for element in page.select("[aria-labelledby]"):
        assert element["aria-labelledby"] in ids
    for link in page.select("a[href^='#']"):
        assert link["href"][1:] in ids


def test_the_landmarks_are_there_once(page):
    for selector in ("main", "body > header", "body > footer", "title", "nav.main-menu"):
        assert len(page.select(selector)) == 1, selector


def test_every_picture_has_an_alt_text_and_a_size(page):
    assert page.select("img")
    for image in page.select("img"):
        assert image.has_attr("alt")
        assert image["width"].isdecimal()
        assert image["height"].isdecimal()


def test_every_link_says_where_it_leads(page):
    for link in page.select("a:not([aria-hidden])"):
        assert words(link) or link.get("aria-label") or link.select_one("img[alt]:not([alt=''])")
        assert link["href"]


def test_nothing_is_inline(page):
    assert page.select("style, [style]") == []
    for script in page.select("script"):
        assert script.has_attr("src")
        assert script.text == ""
    for element in page.find_all(True):
        assert [name for name in element.attrs if name.startswith("on")] == []
        assert not str(element.get("href", "")).lower().startswith("javascript:")


def test_nothing_is_loaded_from_elsewhere(page):
    """Links may lead elsewhere; what the browser fetches by itself may not come from there."""
    loaded = [element["src"] for element in page.select("[src]")]
    loaded += [
        candidate.split()[0]
        for element in page.select("[srcset]")
        for candidate in element["srcset"].split(",")
    ]
    fetched_relations = {"stylesheet", "icon", "preload", "modulepreload", "preconnect"}
    loaded += [link["href"] for link in page.select("link") if fetched_relations & {*link["rel"]}]
    assert loaded
    for address in loaded:
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("", ""), address
    assert page.select("iframe, embed, object, base") == []


def test_there_is_one_style_sheet_and_no_web_font(page):
    assert len(page.select("link[rel=stylesheet]")) == 1
    assert not [link for link in page.select("link") if link.get("as") == "font"]


@pytest.mark.parametrize("kind", KINDS)
def test_english_pages_are_wholly_in_english(client, addresses, kind):
    """No Vietnamese letter, and none of the Vietnamese texts of our catalogue, in any row."""
    page = read(client, addresses["en", kind], 404 if kind == "missing" else 200)
    page.select_one(".languages li[lang=vi]").decompose()
    texts = [text.strip() for text in page.find_all(string=True) if text.strip()]
    for name in ("aria-label", "title", "alt", "content"):
        texts += [element[name] for element in page.select(f"[{name}]")]
    assert [text for text in texts if VIETNAMESE_LETTER.search(text)] == []
    catalogue = polib.pofile(
        str(Path(settings.BASE_DIR) / "cms" / "locale" / "vi" / "LC_MESSAGES" / "django.po")
    )
    assert not set(texts) & {entry.msgstr for entry in catalogue if entry.msgstr != entry.msgid}


@pytest.mark.parametrize("kind", KINDS)
def test_vietnamese_pages_have_no_english_row(client, addresses, kind):
    """None of the English texts that our catalogue translates."""
    page = read(client, addresses["vi", kind], 404 if kind == "missing" else 200)
    page.select_one(".languages li[lang=en]").decompose()
    for own in page.select(".body"):
        own.decompose()
    texts = {text.strip() for text in page.find_all(string=True) if text.strip()}
    for name in ("aria-label", "title"):
        texts |= {element[name] for element in page.select(f"[{name}]")}
    catalogue = polib.pofile(
        str(Path(settings.BASE_DIR) / "cms" / "locale" / "vi" / "LC_MESSAGES" / "django.po")
    )
    assert not texts & {entry.msgid for entry in catalogue if entry.msgstr != entry.msgid}


def test_pages_say_their_language(page, client, addresses):
    language = "en" if page.select_one("a.skip").text == "Skip to content" else "vi"
    assert page.html["lang"] == language


def test_a_missing_page_is_kept_out_of_search_engines(client, addresses):
    for language in ("vi", "en"):
        page = read(client, addresses[language, "missing"], 404)
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.select("link[rel=canonical], link[hreflang]") == []


def test_answers_to_readers_are_the_same_for_everyone(client, addresses):
    for address in addresses.values():
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Accept-Language" not in response.headers.get("Vary", "")
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.select("[name=csrfmiddlewaretoken]") == []
