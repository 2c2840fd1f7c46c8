"""A site with something to hide in each language, and people who may not see all of it."""

import html
import json
from dataclasses import dataclass

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.factories import ArticleFactory, SectionFactory


@dataclass
class Site:
    """The pages of the site by name; those of each tree that only its own people may see."""

    pages: dict

    VIETNAMESE = ("draft_vi", "private_vi", "private_section", "below_private")
    ENGLISH = ("draft_en", "private_en")
    PUBLIC = ("public_vi", "public_en")

    def __getitem__(self, name):
        return self.pages[name]

    def hidden_from(self, role):
        """Return the names of the pages that `role` may not know of."""
        return {"editor": self.ENGLISH, "translator": self.VIETNAMESE}.get(role, ())

    def seen_by(self, role):
        """Return the names of the pages that `role` may know of."""
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

# What `public_vi` is to be called, in a draft that nobody has published.
NEW_TITLE = "Hoãn hội thi vì kỷ luật"


def restrict(page, kind=PageViewRestriction.PASSWORD, *groups):
    """Make `page` private."""
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="mat-khau"
    )
    restriction.groups.set(groups)
    return restriction


@pytest.fixture
def site(home, section, english_section):
    """The site; every page has a revision, as those that editors made."""

    def article(name, parent, **fields):
        page = ArticleFactory(parent=parent, title=TITLES[name], **fields)
        page.save_revision()
        return page

    private_section = SectionFactory(parent=home, title=TITLES["private_section"])
    private_section.save_revision()
    site = Site(
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
        restrict(site[name])
    site["public_vi"].title = NEW_TITLE
    site["public_vi"].save_revision()
    site.pages["public_vi"] = Page.objects.get(pk=site["public_vi"].pk)
    return site


@pytest.fixture
def browser_of(request):
    """Return a browser signed in by role: `browser_of("editor")`."""

    def sign_in(role):
        client = Client()
        client.force_login(request.getfixturevalue(role))
        return client

    return sign_in


def text_of(response):
    """Return what a response says, as a person or a script reads it."""
    content = response.content.decode()
    if response.headers["Content-Type"] == "application/json":
        content = json.dumps(json.loads(content), ensure_ascii=False)
    return html.unescape(content)


def tells_of(response, page):
    """Say whether a response tells the title or the address of `page`."""
    text = text_of(response)
    return page.title in text or page.slug in text


def is_refused(response):
    """Say whether the admin turned the request away."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url == "/admin/"
    )
