"""Tests that a translation is private, everywhere on the site, as long as its original is."""

import json

import pytest
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail_localize.models import Translation, TranslationSource

from cms.models import GoneAddress
from cms.restrictions import restrictions_on, with_restriction_state, without_restricted
from home.models import HomePage
from news.models import ArticleTopic, NewsIndexPage
from tests.factories import (
    ArticleFactory,
    DocumentFactory,
    PlainPageFactory,
    SectionFactory,
    TopicFactory,
    publish_english_translation,
)
from tests.privacy import PASSWORD, restrict
from tests.rendered_pages import read
from tests.shared_fixtures import shared_fixture

STORY = "/en/news/story/"


def move(page, parent):
    """Move a page, after reloading both pages from the database."""
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")


def is_open(client, address):
    """Return whether `client` may read the page at `address`."""
    return client.get(address).status_code == 200


def body_of(block_type, value):
    """Return a body of one block."""
    return json.dumps([{"type": block_type, "value": value}])


class PrivacyPortal:
    """A story in two languages, the pages that name it, and a neighbour that stays public."""

    def __init__(self, home, section, english):
        self.home, self.section = home, section
        self.document = DocumentFactory(title="Kế hoạch")
        self.original = ArticleFactory(parent=section, title="Câu chuyện")
        self.story = publish_english_translation(
            self.original,
            "Story",
            body=body_of("document", {"file": self.document.pk, "number": "1/KH"}),
        )
        self.neighbour = publish_english_translation(
            ArticleFactory(parent=section, title="Láng giềng"), "Neighbour"
        )
        related = {"title": "", "pages": [{"type": "item", "id": "1", "value": self.original.pk}]}
        reading = ArticleFactory(parent=section, title="Đang đọc", body=body_of("related", related))
        self.reading = publish_english_translation(reading, "Reading")
        topic = TopicFactory(name="Chủ đề")
        self.topic = TopicFactory(
            name="Topic", locale=english, translation_key=topic.translation_key
        )
        for article in (self.story, self.neighbour):
            ArticleTopic.objects.create(article=article, topic=self.topic)
        self.english_section = self.story.get_parent()
        ReferenceIndex.create_or_update_for_object(self.story)

    def lists(self):
        """Return the URLs of all lists and pages that name public English pages."""
        topic = self.topic.get_url()
        return [
            "/en/",
            self.english_section.url,
            topic,
            "/en/feed/",
            f"{self.english_section.url}feed/",
            f"{topic}feed/",
            "/sitemap-pages.xml",
            "/en/search/?q=story",
            self.reading.url,
            self.neighbour.url,
        ]


@shared_fixture
def portal():
    """The `PrivacyPortal`."""
    return PrivacyPortal(
        HomePage.objects.get(locale__language_code="vi"),
        NewsIndexPage.objects.get(locale__language_code="vi"),
        Locale.objects.get(language_code="en"),
    )


def names_story(client, address):
    """Return whether the public page at `address` names the English story."""
    response = client.get(address)
    return response.status_code == 200 and STORY in response.content.decode()


def urls_with_story(client, portal):
    """Return the URLs at which an anonymous reader finds the story or the document only it uses."""
    shown = {address for address in portal.lists() if names_story(client, address)}
    if is_open(client, STORY):
        shown.add(STORY)
    if is_open(client, portal.document.url):
        shown.add(portal.document.url)
    return shown


@pytest.fixture
def everywhere(client, portal):
    """All URLs at which the story is found while it is public."""
    shown = urls_with_story(client, portal)
    assert shown == {*portal.lists(), STORY, portal.document.url}
    return shown


def article_made_private(portal):
    """Restrict the original and return a function that undoes this."""
    return restrict(portal.original, "login").delete


def section_made_private(portal):
    """Restrict the section of the original and return a function that undoes this."""
    return restrict(portal.section, "login").delete


def moved_below_a_private_section(portal):
    """Move only the original below a private section and return a function that undoes this."""
    closed = SectionFactory(parent=portal.home, title="Nội bộ")
    restrict(closed, "login")
    move(portal.original, closed)
    return lambda: move(portal.original, portal.section)


def section_moved_below_a_private_page(portal):
    """Move the original's section below a private page and return a function that undoes this."""
    closed = PlainPageFactory(parent=portal.home, title="Nội bộ")
    restrict(closed, "login")
    move(portal.section, closed)
    return lambda: move(portal.section, portal.home)


WAYS = [
    article_made_private,
    section_made_private,
    moved_below_a_private_section,
    section_moved_below_a_private_page,
]
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@every_way
def test_a_translation_is_private_with_its_original_at_once_and_everywhere(
    client, portal, everywhere, way
):
    way(portal)
    assert urls_with_story(client, portal) == set()


@every_way
def test_a_translation_is_public_again_with_its_original(client, portal, everywhere, way):
    undo = way(portal)
    undo()
    assert urls_with_story(client, portal) == everywhere


@every_way
def test_a_restriction_of_the_translation_itself_stays(client, portal, everywhere, way):
    undo = way(portal)
    own = restrict(portal.story, "login")
    undo()
    assert urls_with_story(client, portal) == set()
    own.delete()
    assert urls_with_story(client, portal) == everywhere


def test_a_private_translation_leaves_its_original_public(client, portal):
    before = client.get("/tin-tuc/").content.decode().count("/tin-tuc/cau-chuyen/")
    restrict(portal.story, "login")
    restrict(portal.english_section, "login")
    assert is_open(client, "/tin-tuc/cau-chuyen/")
    assert client.get("/tin-tuc/").content.decode().count("/tin-tuc/cau-chuyen/") == before > 0
    assert names_story(client, "/sitemap-pages.xml") is False
    assert "/tin-tuc/cau-chuyen/" in client.get("/sitemap-pages.xml").content.decode()


def test_what_stands_beside_stays_public(client, portal):
    restrict(portal.original, "login")
    assert is_open(client, portal.neighbour.url)
    assert portal.neighbour.url in client.get("/en/news/").content.decode()


def test_the_original_does_not_name_its_private_translation(client, portal):
    restrict(portal.story, "login")
    page = read(client, portal.original.url)
    assert page.select(f'[href$="{STORY}"]') == []


def test_an_english_page_of_a_section_whose_original_is_private_is_private(client, portal):
    """An English page in the translation of a private section is private.

    This is also true if the page's own original is in another section, or if it has no original.
    """
    open_section = SectionFactory(parent=portal.home, title="Mở")
    move(portal.original, open_section)
    alone = ArticleFactory(parent=portal.english_section, title="English alone")
    restrict(portal.section, "login")
    assert not is_open(client, STORY)
    assert not is_open(client, alone.url)


def test_a_translation_elsewhere_is_private_with_the_section_of_its_original(client, portal):
    elsewhere = SectionFactory(
        parent=portal.english_section.get_parent(), title="Elsewhere", locale=portal.story.locale
    )
    move(portal.story, elsewhere)
    assert is_open(client, "/en/elsewhere/story/")
    restrict(portal.section, "login")
    assert not is_open(client, "/en/elsewhere/story/")


@every_way
@pytest.mark.parametrize("generations", [1, 3])
def test_an_alias_of_a_translation_is_private_with_the_original(client, portal, way, generations):
    elsewhere = SectionFactory(
        parent=portal.english_section.get_parent(), title="Elsewhere", locale=portal.story.locale
    )
    alias = portal.story
    for number in range(generations):
        alias = alias.create_alias(parent=elsewhere, update_slug=f"alias-{number}")
    assert is_open(client, alias.url)
    undo = way(portal)
    assert not is_open(client, alias.url)
    assert alias.url not in client.get("/sitemap-pages.xml").content.decode()
    undo()
    assert is_open(client, alias.url)


def test_an_alias_is_private_with_the_section_of_its_source(client, portal):
    elsewhere = SectionFactory(parent=portal.home, title="Chỗ khác")
    alias = portal.original.create_alias(parent=elsewhere, update_slug="ban-sao")
    assert is_open(client, alias.url)
    restrict(portal.section, "login")
    assert not is_open(client, alias.url)


def test_what_is_made_of_a_private_page_is_public_with_it_later(client, portal, english):
    """Aliases and translations of a private page become public together with it.

    Wagtail copies the restriction, and the copy would remain.
    """
    original = ArticleFactory(parent=portal.section, title="Kín trước")
    restriction = restrict(original, "login")
    translation = publish_english_translation(original, "Closed before")
    elsewhere = SectionFactory(parent=portal.home, title="Chỗ khác")
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    for page in (translation, alias):
        assert not is_open(client, page.url)
    restriction.delete()
    for page in (translation, alias):
        assert is_open(client, page.url)


def test_an_alias_made_in_the_admin_is_public_with_its_source_later(client, portal, administrator):
    restriction = restrict(portal.original, "login")
    elsewhere = SectionFactory(parent=portal.home, title="Chỗ khác")
    client.force_login(administrator)
    client.post(
        f"/admin/pages/{portal.original.pk}/copy/",
        {
            "new_title": "Bản sao",
            "new_slug": "ban-sao",
            "new_parent_page": elsewhere.pk,
            "alias": "on",
        },
    )
    client.logout()
    assert not is_open(client, f"{elsewhere.url}ban-sao/")
    restriction.delete()
    assert is_open(client, f"{elsewhere.url}ban-sao/")


# Users who may read a private translation


def test_the_password_form_of_a_translation_is_english_and_leads_back(client, portal):
    restrict(portal.original, "password")
    asked = client.get(STORY)
    page = read(client, STORY)
    assert page.html["lang"] == "en"
    assert "This page is private" in page.h1.text
    assert page.form["action"].startswith("/en/")
    fields = {field["name"]: field["value"] for field in page.select("input[value]")}
    assert fields["return_url"] == STORY
    answer = {**fields, "password": PASSWORD}
    response = client.post(asked.context["action_url"], answer)
    assert response["Location"] == STORY
    assert client.get(STORY).context["page"].title == "Story"


def test_the_password_of_the_original_opens_the_translation(client, portal):
    restrict(portal.section, "password")
    asked = client.get(portal.original.url)
    answer = {"password": PASSWORD, "return_url": "/"}
    client.post(asked.context["action_url"], answer)
    assert client.get(STORY).context["page"].title == "Story"


def test_a_translation_opens_to_who_may_read_its_original(client, portal, editor, translator):
    restriction = restrict(portal.original, "groups")
    restriction.groups.add(*editor.groups.all())
    client.force_login(translator)
    assert not is_open(client, STORY)
    client.force_login(editor)
    opened = client.get(STORY)
    assert opened.context["page"].title == "Story"
    assert "private" in opened["Cache-Control"]


# Unpublished and deleted translations


@every_way
def test_a_withdrawn_translation_of_a_private_original_is_unknown(client, portal, way):
    way(portal)
    Page.objects.get(pk=portal.story.pk).specific.unpublish()
    assert client.get(STORY).status_code == 404


@every_way
def test_a_deleted_translation_of_a_private_original_leaves_no_trace(client, portal, way):
    way(portal)
    Page.objects.get(pk=portal.story.pk).delete()
    assert client.get(STORY).status_code == 404
    assert not GoneAddress.objects.filter(path=STORY).exists()


# Checks of one page and of many pages agree


@every_way
def test_lists_and_pages_agree(portal, way):
    elsewhere = SectionFactory(parent=portal.home, title="Chỗ khác")
    portal.original.create_alias(parent=elsewhere, update_slug="ban-sao")
    way(portal)
    pages = Page.objects.all()
    listed = set(without_restricted(pages))
    for page in with_restriction_state(pages):
        restricted = restrictions_on(page).exists()
        assert restricted == page.may_be_restricted == (page not in listed)
        assert restricted == page.specific.get_view_restrictions().exists()
    assert 0 < len(listed) < len(pages)


# wagtail-localize


def test_the_desk_neither_copies_nor_removes_a_restriction(portal, english):
    """The desk neither copies nor deletes a restriction.

    This fails if wagtail-localize copies restrictions in a function with another name than now.
    """
    restriction = restrict(portal.original, "login")
    source, _created = TranslationSource.update_or_create_from_instance(portal.original)
    Translation.objects.create(source=source, target_locale=english)
    translation, _created = source.create_or_update_translation(english, fallback=True)
    assert translation.pk == portal.story.pk
    assert not translation.view_restrictions.exists()
    restriction.delete()
    own = restrict(portal.story, "login")
    source.create_or_update_translation(english, fallback=True)
    source.update_target_view_restrictions(english)
    assert list(translation.view_restrictions.all()) == [own]
