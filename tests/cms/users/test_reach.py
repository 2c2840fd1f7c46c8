"""Nobody edits, disables, deletes or resets an account that may do more than their own."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    PageViewRestriction,
)

from cms.users.descriptions import described
from cms.users.rights import Kind, Right
from tests.cms.forms import sent_by
from tests.cms.users.conftest import PERSONNEL, make_group, permission
from tests.factories import ArticleFactory, member_of
from tests.news.reader import links, read, words

INDEX = reverse("wagtailusers_users:index")
REFUSED = reverse("wagtailadmin_home")
NEW_PASSWORD = "Mot-Mat-Khau-Khac-2026"


def edit(user):
    """Return where an account is changed."""
    return reverse("wagtailusers_users:edit", args=[user.pk])


def delete(user):
    """Return where an account is deleted."""
    return reverse("wagtailusers_users:delete", args=[user.pk])


def bulk(action, *users):
    """Return where something is done to several accounts at once."""
    address = reverse("wagtail_bulk_action", args=["auth", "user", action])
    return f"{address}?" + "&".join(f"id={user.pk}" for user in users)


def form(user, **fields):
    """Return what the form of an account sends."""
    return {
        "username": user.username,
        "first_name": "Tên mới",
        "last_name": "",
        "email": "",
        "is_active": "on",
        "password1": "",
        "password2": "",
        "groups": [group.pk for group in user.groups.all()],
        **fields,
    }


def told(client):
    """Return the messages on the next page, without what leads to the first error."""
    page = read(client, REFUSED)
    for link in page.select(".messages > ul a, .messages > ul button"):
        link.decompose()
    return links(page, ".messages > ul > li")


def state(user):
    """Return what an account is, as the database has it."""
    fresh = type(user).objects.filter(pk=user.pk)
    return [*fresh.values(), *fresh.values_list("groups", flat=True)]


ACTIONS = {
    "reads the form": lambda client, user: client.get(edit(user)),
    "saves the form": lambda client, user: client.post(edit(user), form(user)),
    "disables": lambda client, user: client.post(edit(user), form(user, is_active="")),
    "sets a password": lambda client, user: client.post(
        edit(user), form(user, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    ),
    "reads what deleting does": lambda client, user: client.get(delete(user)),
    "deletes": lambda client, user: client.post(delete(user)),
    "disables with others": lambda client, user: client.post(
        bulk("set_active_state", user), {"mark_as_active": "False"}
    ),
    "enables with others": lambda client, user: client.post(
        bulk("set_active_state", user), {"mark_as_active": "True"}
    ),
    "gives a role": lambda client, user: client.post(
        bulk("assign_role", user), {"role": Group.objects.get(name="Personnel").pk}
    ),
    "deletes with others": lambda client, user: client.post(bulk("delete", user)),
    "copies": lambda client, user: client.post(
        f"/admin/users/copy/{user.pk}/",
        form(user, username="ban-sao", password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("is_active", [True, False], ids=["active", "disabled"])
def test_an_administrator_changes_no_superuser(
    signed_in, administrator, make_user, personnel, action, is_active
):
    """Not even a disabled one, who could be enabled with a new password."""
    target = make_user("gocre", is_superuser=True, is_active=is_active)
    before = state(target)
    response = ACTIONS[action](signed_in(administrator), target)
    assert state(target) == before
    assert response.status_code in (302, 404)
    assert target.username not in response.content.decode()


@pytest.mark.parametrize(
    "action", ["reads the form", "saves the form", "reads what deleting does", "deletes"]
)
def test_whoever_is_refused_reads_whose_account_it_is_and_why(
    signed_in, administrator, superuser, action
):
    client = signed_in(administrator)
    response = ACTIONS[action](client, superuser)
    assert response.url == REFUSED
    assert told(client) == [
        (
            "You cannot change the account “gocre”. "
            "It has rights that you lack: everything (superuser)."
        )
    ]


def test_a_script_that_is_refused_is_told_so_with_a_status(signed_in, administrator, superuser):
    response = signed_in(administrator).get(
        edit(superuser), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
def test_who_keeps_accounts_alone_changes_nobody_who_writes(signed_in, keeper, editor, action):
    before = state(editor)
    response = ACTIONS[action](signed_in(keeper), editor)
    assert state(editor) == before
    assert response.status_code in (302, 404)


def test_a_right_given_to_the_account_itself_counts(signed_in, keeper, make_user):
    target = make_user("rieng")
    target.user_permissions.add(permission("wagtailcore.delete_site"))
    client = signed_in(keeper)
    assert client.get(edit(target)).url == REFUSED
    assert told(client)[0].endswith("rights that you lack: site: delete.")


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Translators (English)"])
def test_an_administrator_goes_on_managing_the_newsroom(signed_in, administrator, role):
    client = signed_in(administrator)
    user = member_of(role, username="thuha", password="Mot-Mat-Khau-Dai-2026")
    assert read(client, edit(user)).select_one("[name=username]")["value"] == "thuha"
    client.post(edit(user), form(user, password1=NEW_PASSWORD, password2=NEW_PASSWORD))
    user.refresh_from_db()
    assert (user.first_name, user.check_password(NEW_PASSWORD)) == ("Tên mới", True)
    client.post(edit(user), form(user, is_active=""))
    client.post(bulk("assign_role", user), {"role": Group.objects.get(name="Moderators").pk})
    user.refresh_from_db()
    assert not user.is_active
    assert user.groups.filter(name="Moderators").exists()
    client.post(bulk("set_active_state", user), {"mark_as_active": "True"})
    user.refresh_from_db()
    assert user.is_active
    assert read(client, delete(user)).select_one("form[action]")
    client.post(delete(user))
    assert not type(user).objects.filter(pk=user.pk).exists()


def test_administrators_change_each_other(signed_in, administrator, make_user):
    other = make_user("quantri2", *administrator.groups.all())
    signed_in(administrator).post(edit(other), form(other, is_active=""))
    other.refresh_from_db()
    assert not other.is_active


def test_a_superuser_changes_everybody(signed_in, superuser, make_user):
    other = make_user("gocre2", is_superuser=True)
    signed_in(superuser).post(edit(other), form(other, is_active=""))
    other.refresh_from_db()
    assert not other.is_active


# Trees: a right on a page or a collection covers those below it


@pytest.mark.parametrize(
    ("place", "is_within"),
    [("home", True), ("section", True), ("english_home", False), ("root", False)],
)
def test_a_right_on_a_page_covers_those_below_it(
    request, signed_in, make_user, home, place, is_within
):
    own = make_group("Own", *PERSONNEL, pages=[("wagtailcore.change_page", home)])
    page = home.get_parent() if place == "root" else request.getfixturevalue(place)
    other = make_group("Other", pages=[("wagtailcore.change_page", page)])
    client = signed_in(make_user("nhansu", own))
    assert (client.get(edit(make_user("thuha", other))).status_code == 200) == is_within


def test_another_right_on_a_page_above_covers_nothing(signed_in, make_user, home, section):
    own = make_group("Own", *PERSONNEL, pages=[("wagtailcore.change_page", home)])
    other = make_group("Other", pages=[("wagtailcore.publish_page", section)])
    client = signed_in(make_user("nhansu", own))
    assert client.get(edit(make_user("thuha", other))).url == REFUSED
    assert told(client)[0].endswith(f"rights that you lack: page: Publish (“{section.title}”).")


@pytest.mark.parametrize("right", ["wagtailcore.change_page", "to read"])
def test_the_rights_of_an_account_tell_no_title_that_one_may_not_see(
    signed_in, make_user, keeper, section, right
):
    page = ArticleFactory(parent=section, title="Kỷ luật cán bộ", live=False)
    other = make_group("Other", pages=[] if right == "to read" else [(right, page)])
    if right == "to read":
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(other)
    client = signed_in(keeper)
    assert client.get(edit(make_user("thuha", other))).url == REFUSED
    assert told(client)[0].endswith("“A page you may not see”" + (").", ".")[right == "to read"])


@pytest.mark.parametrize("kind", ["page", "collection", "site", "task"])
def test_a_right_on_what_is_deleted_meanwhile_is_still_put_in_words(superuser, kind):
    rights = {
        "page": Right(Kind.READ_PAGE, place="00019999"),
        "collection": Right(Kind.READ_COLLECTION, place="00019999"),
        "site": Right(Kind.SITE, "wagtailcore.change_site", "9999"),
        "task": Right(Kind.APPROVE, place="9999"),
    }
    with override("en"):
        assert "“deleted meanwhile”" in described([rights[kind]], superuser)


@pytest.mark.parametrize(
    ("place", "is_within"), [("own", True), ("below", True), ("beside", False), ("root", False)]
)
@pytest.mark.parametrize("right", ["wagtailimages.change_image", "wagtaildocs.add_document"])
def test_a_right_on_a_collection_covers_those_below_it(
    signed_in, make_user, right, place, is_within
):
    places = {"root": Collection.get_first_root_node()}
    places["own"] = places["root"].add_child(name="Ảnh")
    places["beside"] = places["root"].add_child(name="Khác")
    places["below"] = places["own"].add_child(name="Ảnh 2026")
    own = make_group("Own", *PERSONNEL, collections=[(right, places["own"])])
    other = make_group("Other", collections=[(right, places[place])])
    client = signed_in(make_user("nhansu", own))
    assert (client.get(edit(make_user("thuha", other))).status_code == 200) == is_within


# What membership gives besides permissions


def test_who_reads_a_private_page_is_out_of_reach_unless_one_could_open_it(
    signed_in, make_user, section
):
    readers = make_group("Readers")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="groups")
    restriction.groups.add(readers)
    reader = make_user("doc", readers)
    own = make_group("Own", *PERSONNEL, pages=[("wagtailcore.change_page", section)])
    client = signed_in(make_user("nhansu", own))
    assert client.get(edit(reader)).url == REFUSED
    assert told(client)[0].endswith(f"lack: read what is private: “{section.title}”.")
    publishing = make_group("Publishing", pages=[("wagtailcore.publish_page", section)])
    publishing.user_set.add(client.get(REFUSED).context["user"])
    assert client.get(edit(reader)).status_code == 200


def test_groups_of_a_restriction_that_asks_for_no_group_give_nothing(
    signed_in, keeper, make_user, section
):
    readers = make_group("Readers")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    restriction.groups.add(readers)
    assert signed_in(keeper).get(edit(make_user("doc", readers))).status_code == 200


def test_who_reads_a_private_collection_is_out_of_reach_unless_one_could_open_it(
    signed_in, make_user, keeper, personnel
):
    collection = Collection.get_first_root_node().add_child(name="Kín")
    readers = make_group("Readers")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups"
    )
    restriction.groups.add(readers)
    client = signed_in(keeper)
    assert client.get(edit(make_user("doc", readers))).url == REFUSED
    assert told(client)[0].endswith("lack: read what is private: “Kín”.")
    opening = make_group("Opening", collections=[("wagtailcore.change_collection", collection)])
    keeper.groups.add(opening)
    assert client.get(edit(readers.user_set.get())).status_code == 200


def test_who_approves_is_out_of_reach_unless_one_could_let_oneself_approve(
    signed_in, make_user, keeper, personnel
):
    approvers = make_group("Approvers")
    GroupApprovalTask.objects.create(name="Ký duyệt").groups.add(approvers)
    approver = make_user("kyduyet", approvers)
    client = signed_in(keeper)
    assert client.get(edit(approver)).url == REFUSED
    assert told(client)[0].endswith("lack: approve in the workflow task “Ký duyệt”.")
    personnel.permissions.add(permission("wagtailcore.change_task"))
    assert client.get(edit(approver)).status_code == 200


# Many at once


@pytest.mark.parametrize("action", ["set_active_state", "delete", "assign_role"])
def test_what_is_done_to_many_spares_those_out_of_reach_and_says_so(
    signed_in, administrator, superuser, editor, action
):
    client = signed_in(administrator)
    before = state(superuser)
    address = bulk(action, superuser, editor)
    page = read(client, address)
    refused = page.find("p", string=lambda text: text and "have permission" in text)
    assert links(refused.find_next("ul"), "li") == ["gocre"]
    moderators = Group.objects.get(name="Moderators")
    client.post(address, {"mark_as_active": "False", "role": moderators.pk})
    assert state(superuser) == before
    left = type(editor).objects.filter(pk=editor.pk, is_active=True).exclude(groups=moderators)
    assert not left.exists()


@pytest.mark.parametrize("action", ["set_active_state", "delete", "assign_role"])
def test_choosing_all_spares_those_out_of_reach(
    signed_in, administrator, superuser, editor, action
):
    before = state(superuser)
    address = reverse("wagtail_bulk_action", args=["auth", "user", action]) + "?id=all"
    sent = {"mark_as_active": "False", "role": Group.objects.get(name="Editors").pk}
    signed_in(administrator).post(address, sent)
    assert state(superuser) == before


# Those who keep no accounts


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["Editors", "Moderators", "Translators (English)"])
def test_nobody_else_changes_an_account(signed_in, make_user, personnel, role, action):
    target = make_user("thuha")
    before = state(target)
    response = ACTIONS[action](signed_in(member_of(role)), target)
    assert state(target) == before
    assert response.status_code in (302, 404)
    assert response.status_code == 404 or response.url == REFUSED


@pytest.mark.parametrize("name", ["history", "usage"])
def test_what_happened_to_an_account_is_read_by_those_who_keep_accounts(
    signed_in, administrator, superuser, editor, name
):
    """Also to one that they may not change: reading changes nothing."""
    address = reverse(f"wagtailusers_users:{name}", args=[superuser.pk])
    assert signed_in(administrator).get(address).status_code == 200
    assert signed_in(editor).get(address).url == REFUSED


# The list


def addresses(page):
    """Return where the list of accounts leads."""
    return {link["href"].split("?")[0] for link in page.select("main table a[href]")}


@pytest.mark.parametrize("address", [INDEX, f"{INDEX}?ordering=-is_superuser"])
def test_the_list_leads_only_to_accounts_within_reach(
    signed_in, administrator, superuser, editor, address
):
    page = read(signed_in(administrator), address)
    assert {edit(editor), delete(editor), edit(administrator)} <= addresses(page)
    assert not {edit(superuser), delete(superuser)} & addresses(page)
    results = read(signed_in(administrator), reverse("wagtailusers_users:index_results"))
    leading = {link["href"].split("?")[0] for link in results.select("table a[href]")}
    assert edit(editor) in leading
    assert edit(superuser) not in leading
    assert "gocre" in page.select_one("main table").text
    assert not [address for address in addresses(page) if "/copy/" in address]
    # No menu in which nothing stands.
    rows = {words(row): row for row in page.select("main table tbody tr")}
    menus = {
        name.split()[0]: len(row.select("[data-controller=w-dropdown]"))
        for name, row in rows.items()
    }
    assert menus == {"administrators": 1, "editors": 1, "gocre": 0}


def test_the_list_takes_as_many_queries_for_twenty_accounts_as_for_two(
    signed_in, administrator, make_user, django_assert_num_queries, django_assert_max_num_queries
):
    """Three of them find out whose accounts are within reach: groups, what those give, and what
    the accounts have themselves.
    """
    client = signed_in(administrator)
    make_user("nguoi-0", Group.objects.get(name="Editors"))
    read(client, INDEX)
    with django_assert_max_num_queries(20) as captured:
        client.get(INDEX)
    groups = list(Group.objects.all())
    for number in range(1, 19):
        make_user(f"nguoi-{number}", groups[number % len(groups)])
    with django_assert_num_queries(len(captured)):
        page = read(client, INDEX)
    assert len(page.select("main table tbody tr")) == 20


# One's own account


def own_form(client, **fields):
    """Return what the page of one's own account sends, after some changes."""
    page = read(client, reverse("wagtailadmin_account"))
    return {**sent_by(page.select_one("main form")), **fields}


def test_everybody_changes_the_own_name_and_password_without_an_e_mail(signed_in, make_user):
    user = make_user("thuha", Group.objects.get(name="Editors"))
    client = signed_in(user)
    password = {
        "password-old_password": "Mot-Mat-Khau-Dai-2026",
        "password-new_password1": NEW_PASSWORD,
        "password-new_password2": NEW_PASSWORD,
    }
    sent = own_form(client, **{"name_email-first_name": "Trần Thu Hà"}, **password)
    assert client.post(reverse("wagtailadmin_account"), sent).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.email, user.last_name) == ("Trần Thu Hà", "", "")
    assert user.check_password(NEW_PASSWORD)
    assert client.get(REFUSED).status_code == 200


def test_nobody_raises_themselves_on_the_page_of_their_own_account(signed_in, editor):
    administrators = Group.objects.get(name="Administrators")
    client = signed_in(editor)
    before = state(editor)
    sent = own_form(client, **{"name_email-first_name": "Lan"})
    for prefix in ("", "name_email-", "password-", "locale-"):
        sent |= {f"{prefix}is_superuser": "on", f"{prefix}groups": [administrators.pk]}
    assert client.post(reverse("wagtailadmin_account"), sent).status_code == 302
    assert state(editor) == [{**before[0], "first_name": "Lan"}, *before[1:]]


def test_an_administrator_changes_the_own_account(signed_in, administrator):
    client = signed_in(administrator)
    sent = form(administrator, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    client.post(edit(administrator), sent)
    administrator.refresh_from_db()
    assert administrator.first_name == "Tên mới"
    assert administrator.check_password(NEW_PASSWORD)
    assert client.get(REFUSED).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_forgotten_password_is_reset_by_mail(client, superuser, method, mailoutbox):
    superuser.email = "goc@so.example"
    superuser.save()
    address = reverse("wagtailadmin_password_reset")
    assert getattr(client, method)(address, {"email": superuser.email}).status_code == 404
    assert mailoutbox == []
