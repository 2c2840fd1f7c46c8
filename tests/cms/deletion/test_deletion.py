"""Tests for deleting pages: which users may do it, in every way, and which reason others get."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupPagePermission,
    Locale,
    Page,
    Site,
    get_page_models,
)

from cms.models.permissions import NO_RIGHT, PortalPagePermissionTester
from tests.factories import (
    ArticleFactory,
    SectionFactory,
    member_of,
    publish_english_translation,
    reload_page,
)
from tests.home.test_roles import is_refused

ROLES = ["editor", "translator", "moderator", "administrator", "superuser"]


@pytest.fixture
def superuser(django_user_model):
    """A user with all permissions."""
    return django_user_model.objects.create_superuser("root")


@pytest.fixture
def colleague(db):
    """Another editor."""
    return member_of("Editors", username="dong-nghiep")


# The states of a page. Each function starts from a draft.


def draft(page):
    """Leave the page as it is."""


def live(page):
    """Publish the page."""
    page.save_revision().publish()


def withdrawn(page):
    """Publish the page, and unpublish it."""
    live(page)
    reload_page(page).unpublish()


def expired(page):
    """Publish the page, and let it expire now."""
    live(page)
    reload_page(page).unpublish(set_expired=True)


def in_review(page):
    """Submit the page for review."""
    page.save_revision()
    page.get_workflow().start(page, page.owner)


def returned(page):
    """Submit the page for review, and reject it."""
    in_review(page)
    page.current_workflow_task_state.reject(user=None)


def review_cancelled(page):
    """Submit the page for review, and cancel the review."""
    in_review(page)
    page.current_workflow_state.cancel()


def scheduled(page):
    """Schedule the page for a later day."""
    page.go_live_at = timezone.now() + timedelta(days=7)
    page.save_revision().publish()
    assert not reload_page(page).live


def withdrawn_in_review(page):
    """Submit a withdrawn page for review again."""
    withdrawn(page)
    in_review(reload_page(page))


def withdrawn_scheduled(page):
    """Schedule a withdrawn page for a later day."""
    withdrawn(page)
    scheduled(reload_page(page))


def live_in_review(page):
    """Submit a change of a live page for review."""
    live(page)
    in_review(reload_page(page))


# The ways to delete a page.


def by_form(client, page):
    """Confirm the deletion after the entry "Delete"."""
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def in_bulk(client, page):
    """Confirm the deletion with the bulk action for selected pages."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return client.post(f"{address}?id={page.pk}")


def by_the_api(client, page):
    """Delete the page with the admin's own API."""
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])
    return client.post(address, content_type="application/json")


WAYS = [by_form, in_bulk, by_the_api]


def may_delete(user, page):
    """Return whether `user` can delete the page in any way."""
    client = Client()
    client.force_login(user)
    for way in WAYS:
        way(client, page)
        if not Page.objects.filter(pk=page.pk).exists():
            return True
    return False


OWN, OTHERS, NOBODYS = "own", "others", "nobodys"

# The roles that may delete a page, by the owner and the state of the page.
MAY_DELETE = {
    (OWN, draft): {"editor", "moderator", "administrator", "superuser"},
    (OWN, returned): {"editor", "moderator", "administrator", "superuser"},
    (OWN, review_cancelled): {"editor", "moderator", "administrator", "superuser"},
    (OWN, in_review): {"administrator", "superuser"},
    (OWN, scheduled): {"administrator", "superuser"},
    (OWN, withdrawn): {"moderator", "administrator", "superuser"},
    (OWN, expired): {"moderator", "administrator", "superuser"},
    (OWN, withdrawn_in_review): {"administrator", "superuser"},
    (OWN, withdrawn_scheduled): {"administrator", "superuser"},
    (OWN, live): set(),
    (OWN, live_in_review): set(),
    (OTHERS, draft): {"administrator", "superuser"},
    (OTHERS, returned): {"administrator", "superuser"},
    (OTHERS, in_review): {"administrator", "superuser"},
    (OTHERS, withdrawn): {"moderator", "administrator", "superuser"},
    (OTHERS, live): set(),
    (NOBODYS, draft): {"administrator", "superuser"},
    (NOBODYS, withdrawn): {"moderator", "administrator", "superuser"},
}


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("owner", "state"), MAY_DELETE)
def test_a_page_is_deleted_by_whom_the_rule_allows(
    request, section, english_section, colleague, role, owner, state
):
    user = request.getfixturevalue(role)
    owners = {OWN: user, OTHERS: colleague, NOBODYS: None}
    parent = english_section if role == "translator" else section
    allowed = role in MAY_DELETE[owner, state]
    client = Client()
    client.force_login(user)
    for way in WAYS:
        page = ArticleFactory(parent=parent, live=False, owner=owners[owner])
        state(page)
        response = way(client, page)
        gone = not Page.objects.filter(pk=page.pk).exists()
        assert gone == allowed, way.__name__
        if way is by_form:
            assert is_refused(response) != allowed
        if way is by_the_api:
            assert response.status_code == (204 if allowed else 403)


def test_what_a_program_made_live_counts_as_withdrawn_later(section, editor, moderator):
    page = ArticleFactory(parent=section, live=True, owner=editor)
    assert page.first_published_at is None
    reload_page(page).unpublish()
    assert not may_delete(editor, page)
    assert may_delete(moderator, page)


def test_nobody_deletes_where_the_groups_have_no_rights(english_section, section, editor):
    page = ArticleFactory(parent=english_section, live=False, owner=editor)
    assert not may_delete(editor, page)
    translator = member_of("Translators (English)")
    page = ArticleFactory(parent=section, live=False, owner=translator)
    assert not may_delete(translator, page)


def test_who_left_owns_nothing(section, colleague, editor):
    page = ArticleFactory(parent=section, live=False, owner=colleague)
    colleague.delete()
    assert not may_delete(editor, page)


def test_nobody_deletes_after_losing_the_account(section, editor, superuser):
    page = ArticleFactory(parent=section, live=False, owner=editor)
    for user in (editor, superuser):
        user.is_active = False
        assert not page.permissions_for_user(user).can_delete()
        assert not page.permissions_for_user(user).administers


def test_every_page_model_has_the_rule(superuser):
    for model in get_page_models():
        if model is not Page:
            tester = model(depth=3).permissions_for_user(superuser)
            assert isinstance(tester, PortalPagePermissionTester), model


# Pages with other pages below them


def group_with(*rights, page):
    """Return a user whose group has `rights` over `page` and access to the admin."""
    group = Group.objects.create(name="Nhóm tự lập")
    group.permissions.set(Group.objects.get(name="Editors").permissions.all())
    for right in rights:
        GroupPagePermission.objects.create(group=group, page=page, permission_type=right)
    return member_of(group.name, username="nhom-tu-lap")


@pytest.fixture
def in_charge(home):
    """A user who may write pages, and delete pages with other pages below them."""
    return group_with("add", "change", "bulk_delete", page=home)


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_who_may_not_delete_pages_with_children_deletes_the_children_first(request, home, role):
    user = request.getfixturevalue(role)
    section = SectionFactory(parent=home, live=False, owner=user)
    page = ArticleFactory(parent=section, live=False, owner=user)
    assert not may_delete(user, section)
    assert section.permissions_for_user(user).can_delete(ignore_bulk=True)
    assert may_delete(user, page)
    assert may_delete(user, section)


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_nobody_deletes_what_holds_something_live(request, home, colleague, role):
    section = SectionFactory(parent=home, live=False, owner=colleague)
    inner = SectionFactory(parent=section, live=False, owner=colleague)
    page = ArticleFactory(parent=inner, live=False, owner=colleague)
    live(page)
    assert not may_delete(request.getfixturevalue(role), section)
    reload_page(page).unpublish()
    assert may_delete(request.getfixturevalue(role), section)
    assert not Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("state", [in_review, scheduled, withdrawn, live])
def test_what_one_may_not_delete_is_not_deleted_with_the_page_above(home, in_charge, state):
    section = SectionFactory(parent=home, live=False, owner=in_charge)
    page = ArticleFactory(parent=section, live=False, owner=in_charge)
    assert section.permissions_for_user(in_charge).can_delete()
    state(page)
    assert not may_delete(in_charge, section)


@pytest.mark.parametrize("owner", ["editor", None])
def test_a_draft_of_others_is_not_deleted_with_the_section_it_was_moved_to(
    request, section, home, in_charge, owner
):
    target = SectionFactory(parent=home, live=False, owner=in_charge)
    ArticleFactory(parent=target, live=False, owner=in_charge)
    owner = request.getfixturevalue(owner) if owner else None
    page = ArticleFactory(parent=section, live=False, owner=owner)
    client = Client()
    client.force_login(in_charge)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert reload_page(page).get_parent().pk == target.pk
    assert not may_delete(in_charge, target)
    reload_page(page).delete()
    assert may_delete(in_charge, target)


# Groups made in the admin


def test_who_publishes_and_deletes_pages_with_children_is_an_administrator(section, colleague):
    user = group_with("add", "change", "publish", "bulk_delete", page=section)
    page = ArticleFactory(parent=section, live=False, owner=colleague)
    assert may_delete(user, page)


@pytest.mark.parametrize(
    ("rights", "deleted"),
    [
        (["add", "change", "publish"], {withdrawn}),
        (["change", "publish"], {withdrawn}),
        (["add", "change", "bulk_delete"], set()),
        (["add", "publish", "bulk_delete"], set()),
        (["change", "lock", "unlock", "bulk_delete"], set()),
        (["add"], set()),
    ],
)
def test_a_group_of_ones_own_deletes_of_others_what_its_rights_allow(
    section, colleague, rights, deleted
):
    user = group_with(*rights, page=section)
    for state in (draft, withdrawn, live):
        page = ArticleFactory(parent=section, live=False, owner=colleague)
        state(page)
        assert may_delete(user, page) == (state in deleted), state.__name__


def test_the_rights_of_a_section_end_with_it(section, home):
    user = group_with("add", "change", "publish", "bulk_delete", page=section)
    page = ArticleFactory(parent=SectionFactory(parent=home), live=False)
    assert not may_delete(user, page)


# Other ways to delete or move pages


def test_a_language_is_not_deleted_with_its_pages(client, administrator, english_section):
    client.force_login(administrator)
    before = Page.objects.count()
    client.post(reverse("wagtaillocales:delete", args=[english_section.locale_id]))
    assert Locale.objects.filter(pk=english_section.locale_id).exists()
    assert Page.objects.count() == before


def test_a_site_is_deleted_without_its_pages(client, administrator, home):
    client.force_login(administrator)
    before = Page.objects.count()
    client.post(reverse("wagtailsites:delete", args=[Site.objects.get().pk]))
    assert not Site.objects.exists()
    assert Page.objects.count() == before


def test_translations_stay_when_their_original_is_deleted(section, administrator):
    page = ArticleFactory(parent=section, title="Tin", live=False)
    live(page)
    english = publish_english_translation(reload_page(page), "News")
    reload_page(page).unpublish()
    english = reload_page(english)
    english.save_revision().publish()
    assert may_delete(administrator, page)
    assert reload_page(english).live


def test_an_alias_stays_when_its_source_is_deleted(section, home, administrator):
    page = ArticleFactory(parent=section, live=False)
    alias = page.create_alias(parent=SectionFactory(parent=home), user=administrator)
    type(alias).objects.filter(pk=alias.pk).update(live=True)
    assert may_delete(administrator, page)
    assert reload_page(alias).live


MOVABLE = [
    ("moderator", live),
    ("administrator", live),
    ("editor", draft),
    ("editor", in_review),
    ("moderator", withdrawn),
]


@pytest.mark.parametrize(("role", "state"), MOVABLE)
def test_pages_that_are_not_deleted_are_moved_as_before(
    request, section, home, colleague, role, state
):
    target = SectionFactory(parent=home)
    page = ArticleFactory(parent=section, live=False, owner=colleague)
    state(page)
    client = Client()
    client.force_login(request.getfixturevalue(role))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert reload_page(page).get_parent().pk == target.pk


# The buttons and messages of the admin


def delete_entries(client, address):
    """Return the addresses of the entries "Delete" on a screen, without the query string."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        link["href"].split("?")[0] for link in soup.select("a[href*='/pages/'][href*='/delete/']")
    }


@pytest.mark.parametrize("role", ["editor", "moderator", "administrator", "superuser"])
def test_only_what_may_be_deleted_is_offered_in_the_list(request, client, section, colleague, role):
    user = request.getfixturevalue(role)
    client.force_login(user)
    owners = {OWN: user, OTHERS: colleague, NOBODYS: None}
    wanted = set()
    for (owner, state), roles in MAY_DELETE.items():
        page = ArticleFactory(parent=section, live=False, owner=owners[owner])
        state(page)
        if role in roles:
            wanted.add(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert delete_entries(client, reverse("wagtailadmin_explore", args=[section.pk])) == wanted


@pytest.mark.parametrize("state", [draft, withdrawn, live])
@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_only_what_may_be_deleted_is_offered_in_the_editor(
    request, client, section, colleague, role, state
):
    client.force_login(request.getfixturevalue(role))
    page = ArticleFactory(parent=section, live=False, owner=colleague)
    state(page)
    offered = delete_entries(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert bool(offered) == (role in MAY_DELETE[OTHERS, state])


def links(client, address):
    """Return the labels of the links on a screen, and their addresses."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return {(link.get_text(strip=True), link["href"]) for link in soup.select("a[href]")}


@pytest.mark.parametrize("role", ROLES)
def test_administrators_are_led_to_what_comes_before_deleting(request, client, home, section, role):
    client.force_login(request.getfixturevalue(role))
    page = ArticleFactory(parent=section, live=False)
    live(page)
    holder = SectionFactory(parent=home, live=False)
    ArticleFactory(parent=holder, live=True)
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    explore = reverse("wagtailadmin_explore", args=[holder.pk])
    first = ("Xóa: gỡ xuống trước", unpublish)
    first_below = ("Xóa: gỡ các trang con trước", explore)
    administers = role in ("administrator", "superuser")
    list_of_articles = links(client, reverse("wagtailadmin_explore", args=[section.pk]))
    editor_of_article = links(client, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    list_of_sections = links(client, reverse("wagtailadmin_explore", args=[home.pk]))
    assert (first in list_of_articles) == administers
    assert (first in editor_of_article) == administers
    assert (first_below in list_of_sections) == administers


def test_nobody_is_led_to_unpublish_what_is_locked(client, section, superuser, colleague):
    client.force_login(superuser)
    page = ArticleFactory(parent=section, live=True, locked=True, locked_by=colleague)
    shown = links(client, reverse("wagtailadmin_explore", args=[section.pk]))
    assert not any(
        label == "Xóa: gỡ xuống trước" and str(page.pk) in where for label, where in shown
    )


def messages_in(response):
    """Return the messages that the admin shows next."""
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(entry.get_text(" ", strip=True) for entry in soup.select(".messages li"))


REASONS = [
    ("editor", OTHERS, draft, "Đây là bản nháp của người khác"),
    ("editor", OWN, in_review, "Trang đang chờ duyệt"),
    ("editor", OWN, scheduled, "Trang đã được hẹn giờ đăng"),
    ("editor", OWN, withdrawn, "Trang đã từng đăng"),
    ("editor", OWN, live, "Trang đã từng đăng"),
    ("moderator", OTHERS, draft, "Đây là bản nháp của người khác"),
    ("moderator", OTHERS, withdrawn_in_review, "Trang đang chờ duyệt"),
    ("administrator", OTHERS, live, "Trang đang đăng: hãy gỡ xuống trước."),
    ("superuser", OTHERS, live, "Trang đang đăng: hãy gỡ xuống trước."),
]


@pytest.mark.parametrize("way", [by_form, in_bulk])
@pytest.mark.parametrize(("role", "owner", "state", "reason"), REASONS)
def test_who_is_refused_reads_why(
    request, client, section, colleague, role, owner, state, reason, way
):
    user = request.getfixturevalue(role)
    client.force_login(user)
    page = ArticleFactory(
        parent=section, live=False, title="Bài khó", owner={OWN: user, OTHERS: colleague}[owner]
    )
    state(page)
    if way is by_form:
        address = reverse("wagtailadmin_pages:delete", args=[page.pk])
        shown = messages_in(client.get(address, follow=True))
    else:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        shown = client.get(f"{address}?id={page.pk}").content.decode()
    assert "Bài khó" in shown
    assert reason in shown


BELOW = [
    ("editor", draft, "Bên dưới còn trang con"),
    ("moderator", draft, "Bên dưới còn trang con"),
    ("in_charge", in_review, "Bên dưới có trang mà bạn không được xóa."),
    ("administrator", live, "Bên dưới có trang đang đăng"),
]


@pytest.mark.parametrize(("role", "state", "reason"), BELOW)
def test_who_is_refused_for_a_page_below_reads_so(request, client, home, role, state, reason):
    user = request.getfixturevalue(role)
    client.force_login(user)
    section = SectionFactory(parent=home, live=False, owner=user)
    page = ArticleFactory(parent=section, live=False, owner=user, title="Bài bên dưới")
    state(page)
    address = reverse("wagtailadmin_pages:delete", args=[section.pk])
    shown = messages_in(client.post(address, follow=True))
    assert reason in shown
    assert "Bài bên dưới" not in shown


def test_who_is_refused_stays_where_the_entry_was_clicked(client, section, administrator):
    client.force_login(administrator)
    page = ArticleFactory(parent=section, live=True)
    back = reverse("wagtailadmin_explore", args=[section.pk])
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert client.get(f"{address}?next={back}").url == back
    assert client.get(f"{address}?next=https://example.org/").url == reverse("wagtailadmin_home")


def test_who_is_not_let_into_the_admin_is_not_told_of_its_pages(client, section, colleague):
    page = ArticleFactory(parent=section, live=True)
    Group.objects.get(name="Editors").permissions.clear()
    client.force_login(colleague)
    response = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response.url.startswith(reverse("wagtailadmin_login"))


def test_who_has_no_right_there_learns_nothing_of_the_page(client, section, translator):
    page = ArticleFactory(parent=section, live=False, title="Tin mật")
    client.force_login(translator)
    response = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)
    assert "Tin mật" not in response.content.decode()
    assert "draft" not in messages_in(response)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert "Tin mật" not in client.get(f"{address}?id={page.pk}").content.decode()


def test_who_has_no_right_to_delete_there_gets_the_message_of_the_view(client, section):
    """The user may only lock pages, so no reason of ours would help."""
    page = ArticleFactory(parent=section, title="Tin công khai")
    client.force_login(group_with("lock", page=section))
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    shown = messages_in(client.get(address, follow=True))
    assert shown
    assert str(NO_RIGHT) not in shown
    assert page.title not in shown


def test_of_the_ticked_pages_those_are_deleted_that_may_be(client, section, editor, colleague):
    own = ArticleFactory(parent=section, live=False, owner=editor)
    others = [ArticleFactory(parent=section, live=False, owner=colleague) for _ in range(2)]
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    ticked = "&".join(f"id={page.pk}" for page in [own, *others])
    back = reverse("wagtailadmin_explore", args=[section.pk])
    response = client.post(f"{address}?{ticked}&next={back}", follow=True)
    assert set(section.get_children()) == {Page.objects.get(pk=page.pk) for page in others}
    assert "2 trang không bị xóa" in messages_in(response)
    assert "Đã xóa 1 trang" in messages_in(response)


def test_where_no_ticked_page_may_be_deleted_nothing_is_said_to_be_done(client, section, editor):
    page = ArticleFactory(parent=section, live=True)
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    back = reverse("wagtailadmin_explore", args=[section.pk])
    response = client.post(f"{address}?id={page.pk}&next={back}", follow=True)
    assert "1 trang không bị xóa" in messages_in(response)
    assert "Đã xóa" not in messages_in(response)


# The number of queries


def queries_of(function):
    """Return how many queries `function` makes, without two a row that wagtail-localize makes.

    Those two queries look for the source of a translation.
    """
    with CaptureQueriesContext(connection) as queries:
        function()
    return sum('"translation_key" =' not in query["sql"] for query in queries)


# The queries about the pages below: one for each obstacle. A moderator may not delete a page with
# others below it, so there are none.
COST = {"in_charge": 4, "moderator": 0, "administrator": 1, "superuser": 1}


@pytest.mark.parametrize("amount", [1, 30])
@pytest.mark.parametrize("role", COST)
def test_the_rule_asks_the_same_of_any_number_of_pages(request, home, role, amount):
    user = request.getfixturevalue(role)
    section = SectionFactory(parent=home, live=False, owner=user)
    for _ in range(amount):
        ArticleFactory(parent=section, live=False, owner=user)
    # The permissions of the user, and whether the section itself is in review or scheduled.
    own = {"in_charge": 3, "moderator": 3, "administrator": 1, "superuser": 0}[role]
    page = Page.objects.get(pk=section.pk)
    count = queries_of(lambda: page.permissions_for_user(user).can_delete())
    assert count == own + COST[role]


@pytest.mark.parametrize("role", ["moderator", "administrator", "superuser"])
def test_a_list_of_pages_asks_nothing_for_each_of_them(request, client, section, role):
    user = request.getfixturevalue(role)
    client.force_login(user)
    address = reverse("wagtailadmin_explore", args=[section.pk])

    def fill(amount):
        for number in range(amount):
            page = ArticleFactory(parent=section, live=False, owner=user if number % 2 else None)
            [draft, live, withdrawn, in_review][number % 4](page)

    fill(4)
    client.get(address)
    few = queries_of(lambda: client.get(address))
    fill(12)
    assert queries_of(lambda: client.get(address)) == few
