"""Tests of the admin's page URLs, the explorer, bulk actions and the admin's API."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver, reverse
from wagtail.models import GroupPagePermission, Page, TaskState

from cms.visibility import may_see
from cms.visibility.middleware import page_ids
from tests.cms.visibility.conftest import (
    NEW_TITLE,
    TITLES,
    is_refused,
    names_page,
    text_of_response,
)
from tests.factories import SectionFactory, member_of

ROLES = ["editor", "translator", "moderator", "administrator"]
BULK_ACTIONS = ["delete", "move", "publish", "unpublish"]


def addresses_of_pages():
    """Return the name and the parameters of each of Wagtail's page URLs that names a page."""
    _prefix, resolver = get_resolver().namespace_dict["wagtailadmin_pages"]
    found = []
    for pattern in resolver.url_patterns:
        converters = pattern.pattern.converters
        if pattern.name == "revisions_compare" or any(
            converter.regex == "[0-9]+" for converter in converters.values()
        ):
            found.append((pattern.name, tuple(converters)))
    return found


def parts(names, page, site):
    """Return the values of URL parameters: the key of `page`, and values for other objects."""
    filling = {
        "destination_id": site["public_vi"].get_parent().pk,
        "revision_id": page.get_latest_revision().pk if page.get_latest_revision() else 1,
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
        "content_type_app_name": "news",
        "content_type_model_name": "articlepage",
    }
    return {name: filling.get(name, page.pk) for name in names}


def address_of(name, names, page, site):
    """Return the URL of `page` with the given name."""
    if name == "revisions_compare":
        return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "earliest", "latest"])
    return reverse(f"wagtailadmin_pages:{name}", kwargs=parts(names, page, site))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["editor", "translator"])
def test_no_address_of_a_page_tells_of_it_without_a_right(site, client_of, role, method):
    client = client_of(role)
    for page in [site[name] for name in site.hidden_from(role)[:2]]:
        for name, names in addresses_of_pages():
            address = address_of(name, names, page, site)
            assert is_refused(getattr(client, method)(address)), address
        # The message on the next page does not name the page either.
        assert not names_page(client.get("/admin/"), page)


@pytest.mark.parametrize("key", ["page", "destination"])
def test_the_move_is_confirmed_to_who_may_see_both_ends(site, client_of, section, key):
    """The confirmation of a move names no hidden page.

    Wagtail checks the permission only when the page is moved.
    """
    hidden, mine = site["draft_en"], site["draft_vi"]
    pages = [hidden.pk, section.pk] if key == "page" else [mine.pk, site["private_en"].pk]
    address = reverse("wagtailadmin_pages:move_confirm", args=pages)
    response = client_of("editor").get(address, follow=True)
    assert not names_page(response, hidden)
    assert not names_page(response, site["private_en"])
    assert not names_page(response, mine) or key == "page"
    assert client_of("administrator").get(address).status_code == 200


def test_a_message_about_a_page_that_is_not_in_review_tells_no_title(site, client_of, moderator):
    site["public_en"].get_workflow().start(site["public_en"].specific, moderator)
    state = TaskState.objects.first()
    args = [site["draft_vi"].pk, "approve", state.pk]
    client = client_of("translator")
    response = client.get(reverse("wagtailadmin_pages:workflow_action", args=args), follow=True)
    assert not names_page(response, site["draft_vi"])


def test_who_is_asked_to_review_a_page_gets_to_it(site, client_of, moderator):
    """A reviewer can open the page without any permission on it."""
    page = site["draft_vi"].specific
    page.get_workflow().start(page, moderator)
    group = page.current_workflow_task.specific.groups.first()
    reviewer = member_of(group.name, username="reviewer")
    GroupPagePermission.objects.filter(group=group).delete()
    client = client_of("moderator")
    client.force_login(reviewer)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert may_see(reviewer, page)
    assert not may_see(reviewer, site["draft_en"])


@pytest.mark.parametrize("role", ROLES)
def test_what_may_be_seen_can_be_opened_by_who_works_on_it(site, client_of, role):
    client = client_of(role)
    own = site.ENGLISH if role == "translator" else site.VIETNAMESE
    for name in own:
        address = reverse("wagtailadmin_pages:edit", args=[site[name].pk])
        assert TITLES[name] in text_of_response(client.get(address))


# The explorer


@pytest.fixture
def of_two_trees(translator, english_home, home):
    """A translator who also has a permission on one Vietnamese page.

    The user may browse through the pages above that page.
    """
    lonely = SectionFactory(parent=home, title="Riêng lẻ", live=False)
    GroupPagePermission.objects.create(
        group=translator.groups.get(),
        page=lonely,
        permission=Permission.objects.get(codename="change_page"),
    )
    return translator


@pytest.mark.parametrize("results", ["", "_results"])
def test_the_explorer_opens_only_what_leads_somewhere(site, client, of_two_trees, home, results):
    client.force_login(of_two_trees)
    for name in site.VIETNAMESE:
        address = reverse(f"wagtailadmin_explore{results}", args=[site[name].pk])
        response = client.get(address)
        assert is_refused(response)
        assert not names_page(client.get("/admin/"), site[name])
    response = client.get(reverse(f"wagtailadmin_explore{results}", args=[home.pk]))
    assert "Riêng lẻ" in text_of_response(response)
    for name in site.VIETNAMESE:
        assert not names_page(response, site[name])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "view",
    [
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_explore",
        "wagtailadmin_pages:type_use",
    ],
)
def test_lists_and_searches_tell_of_what_one_works_on(site, client_of, role, view):
    client = client_of(role)
    for name, page in site.pages.items():
        args = []
        query = {"q": TITLES[name], "search_all": 1}
        if view == "wagtailadmin_explore":
            args = [page.get_parent().pk]
        elif view == "wagtailadmin_pages:type_use":
            args = ["news", page.specific_class._meta.model_name]
        response = client.get(reverse(view, args=args), query, follow=True)
        if name in site.hidden_from(role):
            assert f"/admin/pages/{page.pk}/" not in text_of_response(response)
        elif role in ("moderator", "administrator"):
            assert f"/admin/pages/{page.pk}/" in text_of_response(response)


@pytest.fixture
def deep_sections(section):
    """Three nested sections: a hidden one, one below it, and the section of `deep_editor`."""
    hidden = SectionFactory(parent=section, title="Mục đang dựng", live=False)
    between = SectionFactory(parent=hidden, title="Mục ở giữa", live=False)
    return hidden, between, SectionFactory(parent=between, title="Mục của tôi", live=False)


@pytest.fixture
def deep_editor(deep_sections):
    """A user whose only permission is on a page deep in the tree."""
    user = member_of("Translators (English)", username="nguoiviet")
    GroupPagePermission.objects.filter(group=user.groups.get()).update(page=deep_sections[2])
    return user


def test_the_page_above_what_is_found_is_not_named(client, deep_editor, deep_sections):
    hidden, _between, mine = deep_sections
    client.force_login(deep_editor)
    search = client.get(reverse("wagtailadmin_pages:search"), {"q": "Mục"})
    explorer = client.get(
        reverse("wagtailadmin_explore", args=[mine.pk]), {"q": "Mục", "search_all": 1}
    )
    for response in (search, explorer):
        assert mine.title in text_of_response(response)
        assert hidden.title not in text_of_response(response)


# Bulk actions


@pytest.mark.parametrize("action", BULK_ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_bulk_action_names_what_one_may_see(site, client_of, role, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = {"id": [page.pk for page in site.pages.values()]}
    response = client_of(role).get(address, query)
    assert response.status_code == 200
    for name, page in site.pages.items():
        has_right = role != "translator" and name == "public_vi"
        told = NEW_TITLE in text_of_response(response) if has_right else names_page(response, page)
        assert told == (name in site.seen_by(role))


@pytest.mark.parametrize("action", BULK_ACTIONS)
def test_a_bulk_action_on_all_below_a_hidden_page_tells_nothing(site, client_of, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = {"id": "all", "childOf": site["private_section"].pk}
    response = client_of("translator").get(address, query)
    assert not names_page(response, site["below_private"])
    assert not names_page(response, site["private_section"])


# The API


@pytest.mark.parametrize("role", ROLES)
def test_the_api_tells_of_what_one_works_on(site, client_of, role):
    client = client_of(role)
    listing = client.get("/admin/api/main/pages/", {"fields": "*", "limit": 20})
    for name, page in site.pages.items():
        detail = client.get(f"/admin/api/main/pages/{page.pk}/", {"fields": "*"})
        if name in site.hidden_from(role):
            assert not names_page(listing, page)
            assert detail.status_code == 404
        elif role in ("moderator", "administrator"):
            assert names_page(listing, page)
            assert detail.status_code == 200


@pytest.mark.parametrize("role", ["translator", "administrator"])
def test_the_api_tells_of_a_page_none_of_its_hidden_translations(site, client_of, role):
    original, translation = site["draft_vi"], site["public_en"]
    translation.translation_key = original.translation_key
    translation.save()
    response = client_of(role).get(f"/admin/api/main/pages/{translation.pk}/")
    assert response.status_code == 200
    assert names_page(response, translation)
    assert names_page(response, original) == (role == "administrator")


def test_the_api_tells_of_a_page_none_that_is_hidden_above(client, deep_editor, deep_sections):
    hidden, between, mine = deep_sections
    client.force_login(deep_editor)
    for page in (between, mine):
        response = client.get(f"/admin/api/main/pages/{page.pk}/")
        assert page.title in text_of_response(response)
        assert hidden.title not in text_of_response(response)


@pytest.mark.parametrize("role", ["translator", "administrator"])
def test_the_api_tells_of_an_alias_what_it_copies_to_who_may_see_that(
    site, client_of, english_section, role
):
    source = site["private_vi"]
    alias = source.create_alias(parent=english_section, update_slug="alias")
    Page.objects.filter(pk=alias.pk).update(title="Alias", draft_title="Alias")
    response = client_of(role).get(f"/admin/api/main/pages/{alias.pk}/", {"fields": "*"})
    assert response.status_code == 200
    told = response.json()["meta"]["alias_of"]
    assert (told is not None and told["title"] == source.title) == (role == "administrator")
    assert told is None or role == "administrator"


@pytest.mark.parametrize("action", ["copy", "create_alias"])
def test_the_api_copies_nothing_that_only_leads_to_a_right(
    site, client, of_two_trees, home, action
):
    group = of_two_trees.groups.get()
    GroupPagePermission.objects.create(
        group=group,
        page=home.get_children().get(title="Riêng lẻ"),
        permission=Permission.objects.get(codename="add_page"),
    )
    client.force_login(of_two_trees)
    address = reverse("wagtailadmin_api:pages:action", args=[home.pk, action])
    assert client.post(address, {"slug": "a"}).status_code in (302, 403)


def test_the_key_of_a_page_is_read_from_every_address():
    """The permission check finds the page's key in all of Wagtail's page URLs.

    This fails if a change of Wagtail's URLs would bypass the check.
    """
    for name, names in addresses_of_pages():
        kwargs = dict.fromkeys(names, 7)
        args = (7, "live", "latest") if name == "revisions_compare" else ()

        class Match:
            view_name = f"wagtailadmin_pages:{name}"

        class Request:
            POST = {}

        assert 7 in page_ids(Request, Match, args, kwargs)


@pytest.mark.parametrize("digits", [19, 5000])
def test_a_number_beyond_all_keys_is_no_error_of_the_server(site, client_of, digits):
    number, client = "9" * digits, client_of("editor")
    for end in ("earliest...latest/", "live...latest/"):
        address = f"/admin/pages/{number}/revisions/compare/{end}"
        assert client.get(address).status_code == 404
    address = reverse("wagtailadmin_pages:copy", args=[site["draft_vi"].pk])
    form = {"new_parent_page": number, "new_title": "a", "new_slug": "a"}
    assert client.post(address, form).status_code == 404
