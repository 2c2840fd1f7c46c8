"""Tests of every public page: well-formed HTML, no inline script, nothing from third parties."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import polib
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, TestCase

from cms.theme.style_sheet import style_sheet
from cms.visitors.models import VisitorCounter
from home.models import HomePage
from news.models import NewsIndexPage
from tests.factories import (
    ArticleFactory,
    PictureFactory,
    PlainPageFactory,
    image_block,
    publish_english_translation,
)
from tests.rendered_pages import text_of

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
VIETNAMESE_LETTER = re.compile("[\u00c0-\u00d6\u00d8-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")


class Nesting(HTMLParser):
    """Collects errors that browsers forgive: elements left open or closed in the wrong order."""

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


def our_texts():
    """Return the messages of our catalogue whose Vietnamese differs from the English."""
    catalogue = Path(settings.BASE_DIR) / "cms" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    return [entry for entry in polib.pofile(str(catalogue)) if entry.msgstr != entry.msgid]


def rows(page, *attributes):
    """Return every text of a page, including the values of `attributes`."""
    texts = [text.strip() for text in page.find_all(string=True) if text.strip()]
    for name in attributes:
        texts += [element[name] for element in page.select(f"[{name}]")]
    return texts


def make_addresses():
    """Fill the portal, and return the URL of one page of each kind in each language.

    The bodies have headings, paragraphs, pictures, a quote and a counter.
    """
    home = HomePage.objects.get(locale__language_code="vi")
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    counter = VisitorCounter.objects.get(locale__language_code="vi")
    body = [
        {"type": "heading", "value": "What it is about"},
        {"type": "paragraph", "value": "<p>One <b>two</b> <i>three</i>.</p><ul><li>a</li></ul>"},
        image_block(PictureFactory(title="a"), alt_text="Alt", caption="What is seen", credit="Me"),
        image_block(PictureFactory(title="b"), alt_text="Alt"),
        {"type": "quote", "value": {"text": "I said so.", "attribution": "Somebody"}},
        {"type": "visitor_count", "value": counter.pk},
    ]
    article = ArticleFactory(
        parent=section,
        title="Mot bai",
        introduction="It was said.",
        author="An Author",
        source_name="A Newspaper",
        source_url="https://source.example/",
        body=body,
    )
    plain = PlainPageFactory(
        parent=home, title="Mot trang", introduction="It was said.", body=body, show_in_menus=True
    )
    for number in range(12):
        ArticleFactory(parent=section, title=f"Tin {number}", introduction="It was said.")
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
        ("en", "article"): publish_english_translation(article, "An article").url,
        ("en", "plain"): publish_english_translation(plain, "A page").url,
        ("en", "missing"): "/en/missing/",
    }


def answer(address):
    """Return the response to a reader, without the attributes that the test client adds."""
    response = Client().get(address)
    kept = HttpResponse(response.content, status=response.status_code, headers=response.headers)
    kept.cookies = response.cookies
    return kept


class TestMarkup(TestCase):
    """Tests of every page of a portal, which is created and read once for the whole class."""

    @classmethod
    def setUpTestData(cls):
        cache.clear()
        cls.answers = {key: answer(address) for key, address in make_addresses().items()}

    def setUp(self):
        self.pages = {
            key: BeautifulSoup(reply.content, "html.parser") for key, reply in self.answers.items()
        }

    def test_every_page_answers(self):
        for (_language, kind), reply in self.answers.items():
            assert reply.status_code == (404 if kind == "missing" else 200), kind

    def test_elements_are_closed_in_their_order(self):
        for key, reply in self.answers.items():
            nesting = Nesting()
            nesting.feed(reply.text)
            assert nesting.complaints + nesting.open == [], key

    def test_pages_say_their_language(self):
        for (language, kind), page in self.pages.items():
            assert page.html["lang"] == language, kind

    def test_there_is_one_first_heading_with_words(self):
        for key, page in self.pages.items():
            assert len(page.select("h1")) == 1, key
            assert text_of(page.h1), key

    def test_headings_skip_no_level(self):
        for key, page in self.pages.items():
            levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
            for before, after in pairwise(levels):
                assert after <= before + 1, (key, levels)

    def test_no_id_is_used_twice_and_every_reference_leads_to_one(self):
        for key, page in self.pages.items():
            ids = Counter(element["id"] for element in page.select("[id]"))
            assert [name for name, times in ids.items() if times > 1] == [], key
            for element in page.select("[aria-labelledby]"):
                assert element["aria-labelledby"] in ids, key
            for link in page.select("a[href^='#']"):
                assert link["href"][1:] in ids, key

    def test_the_landmarks_are_there_once(self):
        for key, page in self.pages.items():
            for selector in ("main", ".page > header", ".page > footer", "title", "nav.main-menu"):
                assert len(page.select(selector)) == 1, (key, selector)

    def test_every_picture_has_an_alt_text_and_a_size(self):
        for key, page in self.pages.items():
            if key[1] in ("home", "article", "plain"):
                assert page.select("img"), key
            for image in page.select("img"):
                assert image.has_attr("alt"), key
                assert image["width"].isdecimal(), key
                assert image["height"].isdecimal(), key

    def test_every_link_says_where_it_leads(self):
        for key, page in self.pages.items():
            for link in page.select("a:not([aria-hidden])"):
                assert text_of(link) or link.get("aria-label"), (key, link)
                assert link["href"], (key, link)

    def test_nothing_is_inline(self):
        for key, page in self.pages.items():
            assert page.select("[style]") == [], key
            # JSON-LD is data, not a script: browsers do not run it.
            for script in page.select('script:not([type="application/ld+json"])'):
                assert script.has_attr("src"), key
                assert script.text == "", key
            for element in page.find_all(True):
                assert [name for name in element.attrs if name.startswith("on")] == [], key
                assert not str(element.get("href", "")).lower().startswith("javascript:"), key

    def test_nothing_is_loaded_from_elsewhere(self):
        """Links may lead to other sites, but the browser loads files from this site only."""
        fetched = "link:not([rel=canonical]):not([rel=alternate]):not([rel=prev]):not([rel=next])"
        for key, page in self.pages.items():
            loaded = [element["src"] for element in page.select("[src]")]
            loaded += [link["href"] for link in page.select(fetched)]
            for element in page.select("[srcset]"):
                loaded += [candidate.split()[0] for candidate in element["srcset"].split(",")]
            assert loaded, key
            for address in loaded:
                assert urlsplit(address)[:2] == ("", ""), (key, address)
            assert page.select("iframe, embed, object, base") == [], key

    def test_there_is_one_style_sheet_and_no_web_font(self):
        for key, page in self.pages.items():
            assert [str(style) for style in page.select("style")] == [style_sheet().element], key
            assert page.select("link[rel=stylesheet]") == [], key
            assert page.select("link[as=font]") == [], key

    def test_english_pages_are_wholly_in_english(self):
        """No text has a Vietnamese letter or is one of our catalogue's Vietnamese texts."""
        vietnamese = {entry.msgstr for entry in our_texts() if entry.msgstr}
        for (language, kind), page in self.pages.items():
            if language == "en":
                page.select_one(".languages li[lang=vi]").decompose()
                texts = rows(page, "aria-label", "title", "alt", "content")
                assert [text for text in texts if VIETNAMESE_LETTER.search(text)] == [], kind
                assert vietnamese.intersection(texts) == set(), kind

    def test_vietnamese_pages_have_no_english_row(self):
        """No text is one of the English texts that our catalogue translates."""
        english = {entry.msgid for entry in our_texts()}
        for (language, kind), page in self.pages.items():
            if language == "vi":
                page.select_one(".languages li[lang=en]").decompose()
                assert english.intersection(rows(page, "aria-label", "title")) == set(), kind

    def test_a_missing_page_is_kept_out_of_search_engines(self):
        for language in ("vi", "en"):
            page = self.pages[language, "missing"]
            assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
            assert page.select("link[rel=canonical], link[hreflang]") == []

    def test_answers_to_readers_are_the_same_for_everyone(self):
        for key, reply in self.answers.items():
            assert not reply.cookies, key
            assert "Cookie" not in reply.headers.get("Vary", ""), key
            assert "Accept-Language" not in reply.headers.get("Vary", ""), key
            assert b"csrfmiddlewaretoken" not in reply.content, key
