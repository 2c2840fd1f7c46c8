"""A site with hidden pages in each language, and clients of users who may not see all pages."""

import html
import json
from dataclasses import dataclass

from wagtail.models import Page

from home.models import HomePage
from news.models import NewsIndexPage
from tests.factories import ArticleFactory, SectionFactory
from tests.privacy import restrict
from tests.shared_fixtures import shared_fixture


@dataclass
class SitePages:
    """The pages of the site by name.

    The pages in `VIETNAMESE` are hidden from translators, those in `ENGLISH` from editors.
    """

    pages: dict

    VIETNAMESE = ("draft_vi", "private_vi", "private_section", "below_private")
    ENGLISH = ("draft_en", "private_en")
    PUBLIC = ("public_vi", "public_en")

    def __getitem__(self, name):
        return self.pages[name]

    def hidden_from(self, role):
        """Return the names of the pages that `role` may not see."""
        return {"editor": self.ENGLISH, "translator": self.VIETNAMESE}.get(role, ())

    def seen_by(self, role):
        """Return the names of the pages that `role` may see."""
        return [name for name in self.pages if name not in self.hidden_from(role)]


TITLES = {
    "draft_vi": "Sáp nhập ba phòng",
    "private_vi": "Danh sách quy hoạch",
    "private_section": "Chuyên mục nội bộ",
    "below_private": "Biên bản kiểm điểm",
    "public_vi": "Khai mạc hội thi",
    "draft_en": "Merger of divisions",
    "private_en": "Succession candidates",
    "public_en": "Opening ceremony",
}

# The title of `public_vi` in a draft that is not published.
NEW_TITLE = "Hoãn hội thi vì kỷ luật"


@shared_fixture
def site():
    """The site. Every page has a revision, like a page that an editor created."""
    home = HomePage.objects.get(locale__language_code="vi")
    section = NewsIndexPage.objects.get(locale__language_code="vi")
    english_section = NewsIndexPage.objects.get(locale__language_code="en")

    def article(name, parent, **fields):
        page = ArticleFactory(parent=parent, title=TITLES[name], **fields)
        page.save_revision()
        return page

    private_section = SectionFactory(parent=home, title=TITLES["private_section"])
    private_section.save_revision()
    site = SitePages(
        {
            "draft_vi": article("draft_vi", section, live=False),
            "private_vi": article("private_vi", section),
            "private_section": private_section,
            "below_private": article("below_private", private_section),
            "public_vi": article("public_vi", section),
            "draft_en": article("draft_en", english_section, live=False),
            "private_en": article("private_en", english_section),
            "public_en": article("public_en", english_section),
        }
    )
    for name in ("private_vi", "private_section", "private_en"):
        restrict(site[name], "password")
    site["public_vi"].title = NEW_TITLE
    site["public_vi"].save_revision()
    site.pages["public_vi"] = Page.objects.get(pk=site["public_vi"].pk)
    return site


def text_of_response(response):
    """Return the text of a response, with HTML entities and JSON escapes decoded."""
    content = response.content.decode()
    if response.headers["Content-Type"] == "application/json":
        content = json.dumps(json.loads(content), ensure_ascii=False)
    return html.unescape(content)


def names_page(response, page):
    """Return whether a response contains the title or the slug of `page`."""
    text = text_of_response(response)
    return page.title in text or page.slug in text


def is_refused(response):
    """Return whether the admin refused the request."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url == "/admin/"
    )
