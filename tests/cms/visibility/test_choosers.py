"""Tests of the page chooser and of the form fields that hold a page."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.blocks import PageChooserBlock
from wagtail.models import GroupPagePermission, Site

from cms.blocks.related import TranslatedPageChooserBlock
from cms.visibility.viewer import viewing_request
from home.models import HomePageLead
from tests.admin_forms import article_form
from tests.cms.visibility.conftest import (
    NEW_TITLE,
    TITLES,
    is_refused,
    names_page,
    text_of_response,
)
from tests.factories import ArticleFactory, SectionFactory
from tests.privacy import restrict

ROLES = ["editor", "translator", "moderator", "administrator"]
HEADERS = {"x-requested-with": "XMLHttpRequest"}


def browse(client, page, **query):
    """Open the chooser below `page`."""
    address = reverse("wagtailadmin_choose_page_child", args=[page.pk])
    return client.get(address, query, headers=HEADERS)


@pytest.mark.parametrize("query", [{}, {"multiple": 1}, {"page_type": "news.articlepage"}])
@pytest.mark.parametrize("role", ROLES)
def test_who_browses_finds_what_they_may_see(
    site, client_of, section, english_section, role, query
):
    client = client_of(role)
    for parent in (section, english_section):
        response = browse(client, parent, **query)
        assert response.status_code == 200
        for page in site.pages.values():
            if page.get_parent().pk == parent.pk:
                name = next(n for n, p in site.pages.items() if p.pk == page.pk)
                assert names_page(response, page) == (name in site.seen_by(role))


@pytest.mark.parametrize("role", ROLES)
def test_who_searches_finds_what_they_may_see(site, client_of, role):
    client = client_of(role)
    for name, page in site.pages.items():
        address = reverse("wagtailadmin_choose_page_search")
        response = client.get(address, {"q": TITLES[name]}, headers=HEADERS)
        found = f'data-id="{page.pk}"' in text_of_response(response)
        assert found == (name in site.seen_by(role))


@pytest.mark.parametrize("role", ROLES)
def test_what_is_below_a_hidden_page_is_not_browsed(site, client_of, role):
    response = browse(client_of(role), site["private_section"])
    if role == "translator":
        assert response.status_code == 403
        assert TITLES["private_section"] not in text_of_response(response)
    else:
        assert TITLES["below_private"] in text_of_response(response)


@pytest.mark.parametrize("role", ROLES)
def test_what_was_chosen_is_named_to_who_may_see_it(site, client_of, role):
    keys = {"id": [page.pk for page in site.pages.values()]}
    response = client_of(role).get(reverse("wagtailadmin_choose_page_chosen_multiple"), keys)
    chosen = {each["id"] for each in json.loads(response.content)["result"]}
    assert chosen == {site[name].pk for name in site.seen_by(role)}
    for name in site.hidden_from(role):
        assert not names_page(response, site[name])


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_an_unpublished_title_is_told_to_those_with_a_right(site, client_of, section, role):
    client = client_of(role)
    responses = [
        browse(client, section),
        client.get(reverse("wagtailadmin_choose_page_search"), {"q": TITLES["public_vi"]}),
        client.get(
            reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": site["public_vi"].pk}
        ),
    ]
    for response in responses:
        assert (NEW_TITLE in text_of_response(response)) == (role == "editor")
        if role == "translator":
            assert TITLES["public_vi"] in text_of_response(response)


@pytest.fixture
def link_to(db):
    """A function that enters the URL of a page into the chooser."""
    # The form accepts no URL whose host has no dot.
    Site.objects.update(hostname="portal.example")

    def type_address(client, page):
        form = {
            "external-link-chooser-url": page.get_full_url(),
            "external-link-chooser-link_text": "",
        }
        return client.post(reverse("wagtailadmin_choose_page_external_link"), form)

    return type_address


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_an_address_becomes_a_link_to_a_page_that_one_may_see(site, client_of, link_to, role):
    client = client_of(role)
    for name in ("private_vi", "public_vi", "below_private"):
        response = link_to(client, site[name])
        answer = json.loads(response.content)
        assert ("id" in answer["result"]) == (role == "editor")
        told = site[name].title if name != "public_vi" else NEW_TITLE
        assert (told in text_of_response(response)) == (role == "editor")


def test_an_address_of_a_public_page_becomes_a_link_for_everybody(
    site, client_of, link_to, section
):
    page = ArticleFactory(parent=section, title="Ai cũng đọc được")
    response = link_to(client_of("translator"), page)
    assert json.loads(response.content)["result"]["id"] == page.pk


def test_browsing_begins_where_one_may_see(site, client_of, section):
    """Browsing starts at a page that the user may browse.

    Wagtail starts at the nearest common ancestor of all pages of the type, even if it is hidden.
    """
    hidden = SectionFactory(parent=section, title="Mục đang dựng", live=False)
    for page in list(site.pages.values()):
        if page.specific_class.__name__ == "ArticlePage":
            page.delete()
    ArticleFactory(parent=hidden, title="Bài một")
    ArticleFactory(parent=hidden, title="Bài hai")
    query = {"page_type": "news.articlepage"}
    response = client_of("translator").get(reverse("wagtailadmin_choose_page"), query)
    assert response.status_code == 200
    assert hidden.title not in text_of_response(response)
    response = client_of("editor").get(reverse("wagtailadmin_choose_page"), query)
    assert hidden.title in text_of_response(response)


@pytest.mark.parametrize("view", ["search", "browse"])
def test_the_page_above_is_named_to_who_may_see_it(site, client_of, section, view):
    hidden = SectionFactory(parent=section, title="Mục đang dựng", live=False)
    article = ArticleFactory(parent=hidden, title="Bài đăng sớm")
    for role in ("translator", "editor"):
        client = client_of(role)
        if view == "search":
            response = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "Bài đăng sớm"})
        else:
            response = browse(client, article)
        assert article.title in text_of_response(response)
        assert (hidden.title in text_of_response(response)) == (role == "editor")


def test_the_way_in_the_chooser_tells_no_hidden_title(site, client_of, section, translator):
    """The chooser hides a title even if the user has permissions on pages beside the hidden page.

    Wagtail names every page below the common ancestor of the pages with a permission.
    """
    hidden = SectionFactory(parent=section, title="Mục đang dựng", live=False)
    article = ArticleFactory(parent=hidden, title="Bài đăng sớm")
    GroupPagePermission.objects.create(
        group=translator.groups.get(),
        page=ArticleFactory(parent=section, title="Của riêng"),
        permission=Permission.objects.get(codename="change_page"),
    )
    response = browse(client_of("translator"), article)
    assert article.title in text_of_response(response)
    assert section.title in text_of_response(response)
    assert hidden.title not in text_of_response(response)


def test_a_page_for_a_group_is_offered_to_its_members(site, client_of, section, translator):
    restriction = restrict(site["public_vi"], "groups")
    client = client_of("translator")
    assert TITLES["public_vi"] not in text_of_response(browse(client, section))
    restriction.groups.add(Group.objects.get(pk=translator.groups.get().pk))
    assert TITLES["public_vi"] in text_of_response(browse(client, section))


# Fields


@pytest.fixture
def referring(site, section):
    """A Vietnamese article with a related page and a link, both to English pages."""
    link = f'<a linktype="page" id="{site["private_en"].pk}">xem</a>'
    article = ArticleFactory(
        parent=section,
        title="Có liên quan",
        body=json.dumps(
            [
                {"type": "related", "value": {"title": "", "pages": [site["draft_en"].pk]}},
                {"type": "paragraph", "value": f"<p>{link}</p>"},
            ]
        ),
    )
    article.save_revision()
    return article


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_editor_names_a_chosen_page_to_who_may_see_it(site, client_of, referring, role):
    response = client_of(role).get(reverse("wagtailadmin_pages:edit", args=[referring.pk]))
    assert response.status_code == 200
    for name in ("draft_en", "private_en"):
        assert names_page(response, site[name]) == (role == "administrator")
    # The text as the JSON of the form's script contains it.
    hidden = json.dumps(gettext("A page you may not see")).strip('"')
    assert (hidden in text_of_response(response)) == (role == "editor")


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_comparison_of_versions_names_a_chosen_page_to_who_may_see_it(
    site, client_of, referring, home, role
):
    referring.body = []
    referring.save_revision()
    home.save_revision()
    home.leads = [HomePageLead(article=site["private_en"])]
    home.save_revision()
    client = client_of(role)
    for page, name in [(referring, "draft_en"), (home, "private_en")]:
        args = [page.pk, "earliest", "latest"]
        response = client.get(reverse("wagtailadmin_pages:revisions_compare", args=args))
        assert response.status_code == 200
        assert names_page(response, site[name]) == (role == "administrator")


def test_what_an_editor_cannot_see_stays_chosen(site, client_of, referring):
    form = article_form(
        title="Có liên quan",
        slug="co-lien-quan",
        **{
            "body-count": "1",
            "body-0-type": "related",
            "body-0-order": "0",
            "body-0-deleted": "",
            "body-0-id": "",
            "body-0-value-title": "",
            "body-0-value-pages-count": "1",
            "body-0-value-pages-0-value": site["draft_en"].pk,
            "body-0-value-pages-0-order": "0",
            "body-0-value-pages-0-deleted": "",
            "body-0-value-pages-0-id": "",
        },
    )
    address = reverse("wagtailadmin_pages:edit", args=[referring.pk])
    client_of("editor").post(address, form)
    kept = referring.get_latest_revision_as_object().body
    assert [page.pk for page in kept[0].value["pages"]] == [site["draft_en"].pk]


@pytest.mark.parametrize("name", ["draft_en", "private_en"])
def test_a_key_put_into_a_form_tells_no_title(site, client_of, section, name):
    """The forms that move or copy a page, or choose a parent page, reveal no hidden title.

    The user may change the page that is moved or copied.
    """
    article = ArticleFactory(parent=section, title="Của tôi", live=False)
    client, key = client_of("editor"), site[name].pk
    requests = [
        ("wagtailadmin_pages:move", [article.pk], {"new_parent_page": key}),
        (
            "wagtailadmin_pages:copy",
            [article.pk],
            {"new_parent_page": key, "new_title": "a", "new_slug": "a"},
        ),
        ("wagtailadmin_pages:choose_parent", ["news", "articlepage"], {"parent_page": key}),
    ]
    for view, args, form in requests:
        response = client.post(reverse(view, args=args), form, follow=True)
        assert not names_page(response, site[name]), view
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = client.post(f"{address}?id={article.pk}", {"chooser": key}, follow=True)
    assert not names_page(response, site[name])
    assert is_refused(client.post(f"{address}?id={article.pk}", {"chooser": key}))


def test_a_page_can_still_be_put_where_one_has_the_right(site, client_of, section):
    article = ArticleFactory(parent=section, title="Của tôi", live=False)
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    form = {"new_parent_page": section.pk, "new_title": "Bản sao", "new_slug": "ban-sao"}
    client_of("editor").post(address, form)
    assert section.get_children().filter(slug="ban-sao").exists()


def test_readers_are_not_sent_to_what_the_editor_may_not_see(site, client_of, section, editor):
    for codename in ("publish_page", "unlock_page"):
        GroupPagePermission.objects.create(
            group=editor.groups.get(),
            page=section,
            permission=Permission.objects.get(codename=codename),
        )
    article = ArticleFactory(parent=section, title="Sẽ rút")
    address = reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    for name in ("draft_en", "private_en"):
        form = {"send_readers_to": site[name].pk}
        response = client_of("editor").post(address, form, follow=True)
        assert not names_page(response, site[name])
    article.refresh_from_db()
    assert article.live
    client_of("editor").post(address, {"send_readers_to": site["public_en"].pk})
    article.refresh_from_db()
    assert not article.live


class Anonymous:
    """A request of a reader. No code may read its session."""

    @property
    def user(self):
        """Fail, because a response that depends on the user cannot be cached for others."""
        raise AssertionError


@pytest.mark.parametrize("block", [PageChooserBlock, TranslatedPageChooserBlock])
def test_a_block_that_holds_a_page_asks_for_readers_not_who_reads(site, block):
    page = site["public_vi"]
    with viewing_request(Anonymous()):
        html = block().render(page, context={})
    assert html == f'<a href="{page.url}">{page.title}</a>'


def test_wagtails_own_block_stays_as_it_is(site):
    page = site["public_vi"]
    with viewing_request(Anonymous()):
        assert page.url in PageChooserBlock().render(page)
