"""A translation is private as long as its original is, in all that readers are offered."""

import json

import pytest
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail_localize.models import Translation, TranslationSource

from cms.models import GoneAddress
from cms.restrictions import restrictions_on, with_restriction_state, without_restricted
from news.models import ArticleTopic
from tests.factories import (
    ArticleFactory,
    DocumentFactory,
    PlainPageFactory,
    SectionFactory,
    TopicFactory,
)
from tests.news.reader import in_english, read

PASSWORD = "mat-khau-2020"
STORY = "/en/news/story/"


def make_private(page, kind="login"):
    """Restrict a page, and with it all below it and all that comes from those."""
    return PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password=PASSWORD if kind == "password" else ""
    )


def move(page, parent):
    """Move a page as the database has it now."""
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")


def is_open(client, address):
    """Say whether whoever comes along is shown the page at `address`."""
    return client.get(address).status_code == 200


def body_of(block_type, value):
    """Return a body of one block."""
    return json.dumps([{"type": block_type, "value": value}])


class Portal:
    """A story in two languages, in all that names it, and a neighbour that stays public."""

    def __init__(self, home, section, english):
        self.home, self.section = home, section
        self.document = DocumentFactory(title="Kế hoạch")
        self.original = ArticleFactory(parent=section, title="Câu chuyện")
        self.story = in_english(
            self.original,
            "Story",
            body=body_of("document", {"file": self.document.pk, "number": "1/KH"}),
        )
        self.neighbour = in_english(ArticleFactory(parent=section, title="Láng giềng"), "Neighbour")
        related = {"title": "", "pages": [{"type": "item", "id": "1", "value": self.original.pk}]}
        reading = ArticleFactory(parent=section, title="Đang đọc", body=body_of("related", related))
        self.reading = in_english(reading, "Reading")
        topic = TopicFactory(name="Chủ đề")
        self.topic = TopicFactory(
            name="Topic", locale=english, translation_key=topic.translation_key
        )
        for article in (self.story, self.neighbour):
            ArticleTopic.objects.create(article=article, topic=self.topic)
        self.english_section = self.story.get_parent()
        ReferenceIndex.create_or_update_for_object(self.story)

    def lists(self):
        """Return the addresses of what names public English pages."""
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


@pytest.fixture
def portal(home, english_home, section, english_section, english):
    """The `Portal`."""
    return Portal(home, section, english)


def names_story(client, address):
    """Say whether what is public at `address` names the English story."""
    response = client.get(address)
    return response.status_code == 200 and STORY in response.content.decode()


def shown_in(client, portal):
    """Return where an anonymous reader meets the story or what it alone uses."""
    shown = {address for address in portal.lists() if names_story(client, address)}
    if is_open(client, STORY):
        shown.add(STORY)
    if is_open(client, portal.document.url):
        shown.add(portal.document.url)
    return shown


@pytest.fixture
def everywhere(client, portal):
    """All places where the story is met as long as it is public."""
    shown = shown_in(client, portal)
    assert shown == {*portal.lists(), STORY, portal.document.url}
    return shown


def article_made_private(portal):
    """Restrict the original; return how that is undone."""
    return make_private(portal.original).delete


def section_made_private(portal):
    """Restrict the section of the original; return how that is undone."""
    return make_private(portal.section).delete


def moved_below_a_private_section(portal):
    """Move the original alone; return how that is undone."""
    closed = SectionFactory(parent=portal.home, title="Nội bộ")
    make_private(closed)
    move(portal.original, closed)
    return lambda: move(portal.original, portal.section)


def section_moved_below_a_private_page(portal):
    """Move the section of the original below one that is private; return how that is undone."""
    closed = PlainPageFactory(parent=portal.home, title="Nội bộ")
    make_private(closed)
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
    assert shown_in(client, portal) == set()


@every_way
def test_a_translation_is_public_again_with_its_original(client, portal, everywhere, way):
    undo = way(portal)
    undo()
    assert shown_in(client, portal) == everywhere


@every_way
def test_a_restriction_of_the_translation_itself_stays(client, portal, everywhere, way):
    undo = way(portal)
    own = make_private(portal.story)
    undo()
    assert shown_in(client, portal) == set()
    own.delete()
    assert shown_in(client, portal) == everywhere


def test_a_private_translation_leaves_its_original_public(client, portal):
    before = client.get("/tin-tuc/").content.decode().count("/tin-tuc/cau-chuyen/")
    make_private(portal.story)
    make_private(portal.english_section)
    assert is_open(client, "/tin-tuc/cau-chuyen/")
    assert client.get("/tin-tuc/").content.decode().count("/tin-tuc/cau-chuyen/") == before > 0
    assert names_story(client, "/sitemap-pages.xml") is False
    assert "/tin-tuc/cau-chuyen/" in client.get("/sitemap-pages.xml").content.decode()


def test_what_stands_beside_stays_public(client, portal):
    make_private(portal.original)
    assert is_open(client, portal.neighbour.url)
    assert portal.neighbour.url in client.get("/en/news/").content.decode()


def test_the_original_does_not_name_its_private_translation(client, portal):
    make_private(portal.story)
    page = read(client, portal.original.url)
    assert page.select(f'[href$="{STORY}"]') == []


def test_an_english_page_of_a_section_whose_original_is_private_is_private(client, portal):
    """Its own original went elsewhere, or there is none; its section is closed all the same."""
    open_section = SectionFactory(parent=portal.home, title="Mở")
    move(portal.original, open_section)
    alone = ArticleFactory(parent=portal.english_section, title="English alone")
    make_private(portal.section)
    assert not is_open(client, STORY)
    assert not is_open(client, alone.url)


def test_a_translation_elsewhere_is_private_with_the_section_of_its_original(client, portal):
    elsewhere = SectionFactory(
        parent=portal.english_section.get_parent(), title="Elsewhere", locale=portal.story.locale
    )
    move(portal.story, elsewhere)
    assert is_open(client, "/en/elsewhere/story/")
    make_private(portal.section)
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
    make_private(portal.section)
    assert not is_open(client, alias.url)


def test_what_is_made_of_a_private_page_is_public_with_it_later(client, portal, english):
    """Wagtail copies the restriction; the copy would stay."""
    original = ArticleFactory(parent=portal.section, title="Kín trước")
    restriction = make_private(original)
    twin = in_english(original, "Closed before")
    elsewhere = SectionFactory(parent=portal.home, title="Chỗ khác")
    alias = original.create_alias(parent=elsewhere, update_slug="ban-sao")
    for page in (twin, alias):
        assert not is_open(client, page.url)
    restriction.delete()
    for page in (twin, alias):
        assert is_open(client, page.url)


def test_an_alias_made_in_the_admin_is_public_with_its_source_later(client, portal, administrator):
    restriction = make_private(portal.original)
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


# Who may read all the same


def test_the_password_form_of_a_translation_is_english_and_leads_back(client, portal):
    make_private(portal.original, "password")
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
    make_private(portal.section, "password")
    asked = client.get(portal.original.url)
    answer = {"password": PASSWORD, "return_url": "/"}
    client.post(asked.context["action_url"], answer)
    assert client.get(STORY).context["page"].title == "Story"


def test_a_translation_opens_to_who_may_read_its_original(client, portal, editor, translator):
    restriction = make_private(portal.original, "groups")
    restriction.groups.add(*editor.groups.all())
    client.force_login(translator)
    assert not is_open(client, STORY)
    client.force_login(editor)
    opened = client.get(STORY)
    assert opened.context["page"].title == "Story"
    assert "private" in opened["Cache-Control"]


# What is no longer there


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


# One page and many are asked the same


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
    """Fails when wagtail-localize copies restrictions by another name than it does now."""
    restriction = make_private(portal.original)
    source, _created = TranslationSource.update_or_create_from_instance(portal.original)
    Translation.objects.create(source=source, target_locale=english)
    twin, _created = source.create_or_update_translation(english, fallback=True)
    assert twin.pk == portal.story.pk
    assert not twin.view_restrictions.exists()
    restriction.delete()
    own = make_private(portal.story)
    source.create_or_update_translation(english, fallback=True)
    source.update_target_view_restrictions(english)
    assert list(twin.view_restrictions.all()) == [own]
