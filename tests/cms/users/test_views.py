"""No user edits, disables, deletes or resets an account with rights that they lack."""

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

from cms.users.descriptions import describe_rights
from cms.users.rights import Right, RightKind
from tests.admin_forms import sent_by
from tests.cms.users.admin_urls import bulk_action_url, delete_user_url, edit_user_url
from tests.cms.users.conftest import USER_MANAGER_RIGHTS, make_group, permission
from tests.factories import ArticleFactory, member_of
from tests.rendered_pages import links, read, text_of

INDEX = reverse("wagtailusers_users:index")
REFUSED = reverse("wagtailadmin_home")
NEW_PASSWORD = "Mot-Mat-Khau-Khac-2026"


def edit_user_form(user, **fields):
    """Return the data that the form of an account sends."""
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


def messages_of(client):
    """Return the messages on the next page, without their links and buttons to the first error."""
    page = read(client, REFUSED)
    for link in page.select(".messages > ul a, .messages > ul button"):
        link.decompose()
    return links(page, ".messages > ul > li")


def state(user):
    """Return the fields and the groups of an account, as stored in the database."""
    fresh = type(user).objects.filter(pk=user.pk)
    return [*fresh.values(), *fresh.values_list("groups", flat=True)]


ACTIONS = {
    "reads the form": lambda client, user: client.get(edit_user_url(user)),
    "saves the form": lambda client, user: client.post(edit_user_url(user), edit_user_form(user)),
    "disables": lambda client, user: client.post(
        edit_user_url(user), edit_user_form(user, is_active="")
    ),
    "sets a password": lambda client, user: client.post(
        edit_user_url(user), edit_user_form(user, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    ),
    "reads what deleting does": lambda client, user: client.get(delete_user_url(user)),
    "deletes": lambda client, user: client.post(delete_user_url(user)),
    "disables with others": lambda client, user: client.post(
        bulk_action_url("set_active_state", user), {"mark_as_active": "False"}
    ),
    "enables with others": lambda client, user: client.post(
        bulk_action_url("set_active_state", user), {"mark_as_active": "True"}
    ),
    "gives a role": lambda client, user: client.post(
        bulk_action_url("assign_role", user), {"role": Group.objects.get(name="Personnel").pk}
    ),
    "deletes with others": lambda client, user: client.post(bulk_action_url("delete", user)),
    "copies": lambda client, user: client.post(
        f"/admin/users/copy/{user.pk}/",
        edit_user_form(user, username="ban-sao", password1=NEW_PASSWORD, password2=NEW_PASSWORD),
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("is_active", [True, False], ids=["active", "disabled"])
def test_an_administrator_changes_no_superuser(
    sign_in_as, administrator, make_user, user_managers_group, action, is_active
):
    """An administrator cannot change a superuser.

    A disabled superuser is protected too, because it could be enabled with a new password.
    """
    target = make_user("gocre", is_superuser=True, is_active=is_active)
    before = state(target)
    response = ACTIONS[action](sign_in_as(administrator), target)
    assert state(target) == before
    assert response.status_code in (302, 404)
    assert target.username not in response.content.decode()


@pytest.mark.parametrize(
    "action", ["reads the form", "saves the form", "reads what deleting does", "deletes"]
)
def test_whoever_is_refused_reads_whose_account_it_is_and_why(
    sign_in_as, administrator, superuser, action
):
    client = sign_in_as(administrator)
    response = ACTIONS[action](client, superuser)
    assert response.url == REFUSED
    assert messages_of(client) == [
        (
            "You cannot change the account “gocre”. "
            "It has rights that you lack: everything (superuser)."
        )
    ]


def test_a_script_that_is_refused_is_told_so_with_a_status(sign_in_as, administrator, superuser):
    response = sign_in_as(administrator).get(
        edit_user_url(superuser), headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert response.status_code == 403


@pytest.mark.parametrize("action", ACTIONS)
def test_who_keeps_accounts_alone_changes_nobody_who_writes(
    sign_in_as, user_manager, editor, action
):
    before = state(editor)
    response = ACTIONS[action](sign_in_as(user_manager), editor)
    assert state(editor) == before
    assert response.status_code in (302, 404)


def test_a_right_given_to_the_account_itself_counts(sign_in_as, user_manager, make_user):
    target = make_user("rieng")
    target.user_permissions.add(permission("wagtailcore.delete_site"))
    client = sign_in_as(user_manager)
    assert client.get(edit_user_url(target)).url == REFUSED
    assert messages_of(client)[0].endswith("rights that you lack: site: delete.")


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Translators (English)"])
def test_an_administrator_goes_on_managing_the_newsroom(sign_in_as, administrator, role):
    client = sign_in_as(administrator)
    user = member_of(role, username="thuha", password="Mot-Mat-Khau-Dai-2026")
    assert read(client, edit_user_url(user)).select_one("[name=username]")["value"] == "thuha"
    client.post(
        edit_user_url(user), edit_user_form(user, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    )
    user.refresh_from_db()
    assert (user.first_name, user.check_password(NEW_PASSWORD)) == ("Tên mới", True)
    client.post(edit_user_url(user), edit_user_form(user, is_active=""))
    client.post(
        bulk_action_url("assign_role", user), {"role": Group.objects.get(name="Moderators").pk}
    )
    user.refresh_from_db()
    assert not user.is_active
    assert user.groups.filter(name="Moderators").exists()
    client.post(bulk_action_url("set_active_state", user), {"mark_as_active": "True"})
    user.refresh_from_db()
    assert user.is_active
    assert read(client, delete_user_url(user)).select_one("form[action]")
    client.post(delete_user_url(user))
    assert not type(user).objects.filter(pk=user.pk).exists()


def test_administrators_change_each_other(sign_in_as, administrator, make_user):
    other = make_user("quantri2", *administrator.groups.all())
    sign_in_as(administrator).post(edit_user_url(other), edit_user_form(other, is_active=""))
    other.refresh_from_db()
    assert not other.is_active


def test_a_superuser_changes_everybody(sign_in_as, superuser, make_user):
    other = make_user("gocre2", is_superuser=True)
    sign_in_as(superuser).post(edit_user_url(other), edit_user_form(other, is_active=""))
    other.refresh_from_db()
    assert not other.is_active


# Trees: a right on a page or a collection covers its descendants


@pytest.mark.parametrize(
    ("scope", "is_within"),
    [("home", True), ("section", True), ("english_home", False), ("root", False)],
)
def test_a_right_on_a_page_covers_those_below_it(
    request, sign_in_as, make_user, home, scope, is_within
):
    own = make_group("Own", *USER_MANAGER_RIGHTS, pages=[("wagtailcore.change_page", home)])
    page = home.get_parent() if scope == "root" else request.getfixturevalue(scope)
    other = make_group("Other", pages=[("wagtailcore.change_page", page)])
    client = sign_in_as(make_user("nhansu", own))
    assert (client.get(edit_user_url(make_user("thuha", other))).status_code == 200) == is_within


def test_another_right_on_a_page_above_covers_nothing(sign_in_as, make_user, home, section):
    own = make_group("Own", *USER_MANAGER_RIGHTS, pages=[("wagtailcore.change_page", home)])
    other = make_group("Other", pages=[("wagtailcore.publish_page", section)])
    client = sign_in_as(make_user("nhansu", own))
    assert client.get(edit_user_url(make_user("thuha", other))).url == REFUSED
    assert messages_of(client)[0].endswith(
        f"rights that you lack: page: Publish (“{section.title}”)."
    )


@pytest.mark.parametrize("right", ["wagtailcore.change_page", "to read"])
def test_the_rights_of_an_account_tell_no_title_that_one_may_not_see(
    sign_in_as, make_user, user_manager, section, right
):
    page = ArticleFactory(parent=section, title="Kỷ luật cán bộ", live=False)
    other = make_group("Other", pages=[] if right == "to read" else [(right, page)])
    if right == "to read":
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(other)
    client = sign_in_as(user_manager)
    assert client.get(edit_user_url(make_user("thuha", other))).url == REFUSED
    assert messages_of(client)[0].endswith(
        "“A page you may not see”" + (").", ".")[right == "to read"]
    )


@pytest.mark.parametrize("kind", ["page", "collection", "site", "task"])
def test_a_right_on_what_is_deleted_meanwhile_is_still_put_in_words(superuser, kind):
    rights = {
        "page": Right(RightKind.READ_PAGE, scope="00019999"),
        "collection": Right(RightKind.READ_COLLECTION, scope="00019999"),
        "site": Right(RightKind.SITE, "wagtailcore.change_site", "9999"),
        "task": Right(RightKind.APPROVE, scope="9999"),
    }
    with override("en"):
        assert "“deleted meanwhile”" in describe_rights([rights[kind]], superuser)


@pytest.mark.parametrize(
    ("scope", "is_within"), [("own", True), ("below", True), ("beside", False), ("root", False)]
)
@pytest.mark.parametrize("right", ["wagtailimages.change_image", "wagtaildocs.add_document"])
def test_a_right_on_a_collection_covers_those_below_it(
    sign_in_as, make_user, right, scope, is_within
):
    scopes = {"root": Collection.get_first_root_node()}
    scopes["own"] = scopes["root"].add_child(name="Ảnh")
    scopes["beside"] = scopes["root"].add_child(name="Khác")
    scopes["below"] = scopes["own"].add_child(name="Ảnh 2026")
    own = make_group("Own", *USER_MANAGER_RIGHTS, collections=[(right, scopes["own"])])
    other = make_group("Other", collections=[(right, scopes[scope])])
    client = sign_in_as(make_user("nhansu", own))
    assert (client.get(edit_user_url(make_user("thuha", other))).status_code == 200) == is_within


# Rights from group membership besides permissions


def test_who_reads_a_private_page_is_out_of_reach_unless_one_could_open_it(
    sign_in_as, make_user, section
):
    readers = make_group("Readers")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="groups")
    restriction.groups.add(readers)
    reader = make_user("doc", readers)
    own = make_group("Own", *USER_MANAGER_RIGHTS, pages=[("wagtailcore.change_page", section)])
    client = sign_in_as(make_user("nhansu", own))
    assert client.get(edit_user_url(reader)).url == REFUSED
    assert messages_of(client)[0].endswith(f"lack: read what is private: “{section.title}”.")
    publishing = make_group("Publishing", pages=[("wagtailcore.publish_page", section)])
    publishing.user_set.add(client.get(REFUSED).context["user"])
    assert client.get(edit_user_url(reader)).status_code == 200


def test_groups_of_a_restriction_that_asks_for_no_group_give_nothing(
    sign_in_as, user_manager, make_user, section
):
    readers = make_group("Readers")
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    restriction.groups.add(readers)
    assert sign_in_as(user_manager).get(edit_user_url(make_user("doc", readers))).status_code == 200


def test_who_reads_a_private_collection_is_out_of_reach_unless_one_could_open_it(
    sign_in_as, make_user, user_manager, user_managers_group
):
    collection = Collection.get_first_root_node().add_child(name="Kín")
    readers = make_group("Readers")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="groups"
    )
    restriction.groups.add(readers)
    client = sign_in_as(user_manager)
    assert client.get(edit_user_url(make_user("doc", readers))).url == REFUSED
    assert messages_of(client)[0].endswith("lack: read what is private: “Kín”.")
    opening = make_group("Opening", collections=[("wagtailcore.change_collection", collection)])
    user_manager.groups.add(opening)
    assert client.get(edit_user_url(readers.user_set.get())).status_code == 200


def test_who_approves_is_out_of_reach_unless_one_could_let_oneself_approve(
    sign_in_as, make_user, user_manager, user_managers_group
):
    approvers = make_group("Approvers")
    GroupApprovalTask.objects.create(name="Ký duyệt").groups.add(approvers)
    approver = make_user("kyduyet", approvers)
    client = sign_in_as(user_manager)
    assert client.get(edit_user_url(approver)).url == REFUSED
    assert messages_of(client)[0].endswith("lack: approve in the workflow task “Ký duyệt”.")
    user_managers_group.permissions.add(permission("wagtailcore.change_task"))
    assert client.get(edit_user_url(approver)).status_code == 200


# Bulk actions


@pytest.mark.parametrize("action", ["set_active_state", "delete", "assign_role"])
def test_what_is_done_to_many_spares_those_out_of_reach_and_says_so(
    sign_in_as, administrator, superuser, editor, action
):
    client = sign_in_as(administrator)
    before = state(superuser)
    address = bulk_action_url(action, superuser, editor)
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
    sign_in_as, administrator, superuser, editor, action
):
    before = state(superuser)
    address = reverse("wagtail_bulk_action", args=["auth", "user", action]) + "?id=all"
    sent = {"mark_as_active": "False", "role": Group.objects.get(name="Editors").pk}
    sign_in_as(administrator).post(address, sent)
    assert state(superuser) == before


# Users who do not manage accounts


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["Editors", "Moderators", "Translators (English)"])
def test_nobody_else_changes_an_account(sign_in_as, make_user, user_managers_group, role, action):
    target = make_user("thuha")
    before = state(target)
    response = ACTIONS[action](sign_in_as(member_of(role)), target)
    assert state(target) == before
    assert response.status_code in (302, 404)
    assert response.status_code == 404 or response.url == REFUSED


@pytest.mark.parametrize("name", ["history", "usage"])
def test_what_happened_to_an_account_is_read_by_those_who_keep_accounts(
    sign_in_as, administrator, superuser, editor, name
):
    """Users who manage accounts can read the history and the usage of every account.

    This includes accounts that they may not change, because reading changes nothing.
    """
    address = reverse(f"wagtailusers_users:{name}", args=[superuser.pk])
    assert sign_in_as(administrator).get(address).status_code == 200
    assert sign_in_as(editor).get(address).url == REFUSED


# The list


def addresses(page):
    """Return the URLs of the links in the list of accounts."""
    return {link["href"].split("?")[0] for link in page.select("main table a[href]")}


@pytest.mark.parametrize("address", [INDEX, f"{INDEX}?ordering=-is_superuser"])
def test_the_list_leads_only_to_accounts_within_reach(
    sign_in_as, administrator, superuser, editor, address
):
    page = read(sign_in_as(administrator), address)
    assert {
        edit_user_url(editor),
        delete_user_url(editor),
        edit_user_url(administrator),
    } <= addresses(page)
    assert not {edit_user_url(superuser), delete_user_url(superuser)} & addresses(page)
    results = read(sign_in_as(administrator), reverse("wagtailusers_users:index_results"))
    leading = {link["href"].split("?")[0] for link in results.select("table a[href]")}
    assert edit_user_url(editor) in leading
    assert edit_user_url(superuser) not in leading
    assert "gocre" in page.select_one("main table").text
    assert not [address for address in addresses(page) if "/copy/" in address]
    # No account has an empty menu.
    rows = {text_of(row): row for row in page.select("main table tbody tr")}
    menus = {
        name.split()[0]: len(row.select("[data-controller=w-dropdown]"))
        for name, row in rows.items()
    }
    assert menus == {"administrators": 1, "editors": 1, "gocre": 0}


def test_the_list_takes_as_many_queries_for_twenty_accounts_as_for_two(
    sign_in_as, administrator, make_user, django_assert_num_queries, django_assert_max_num_queries
):
    """The number of queries does not depend on the number of accounts.

    Three queries find the accounts that the user may change. They read the groups, the rights of
    the groups, and the accounts' own rights.
    """
    client = sign_in_as(administrator)
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


# The user's own account


def own_form(client, **fields):
    """Return the data that the page of the user's own account sends, with some changes."""
    page = read(client, reverse("wagtailadmin_account"))
    return {**sent_by(page.select_one("main form")), **fields}


def test_everybody_changes_the_own_name_and_password_without_an_e_mail(sign_in_as, make_user):
    user = make_user("thuha", Group.objects.get(name="Editors"))
    client = sign_in_as(user)
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


def test_nobody_raises_themselves_on_the_page_of_their_own_account(sign_in_as, editor):
    administrators = Group.objects.get(name="Administrators")
    client = sign_in_as(editor)
    before = state(editor)
    sent = own_form(client, **{"name_email-first_name": "Lan"})
    for prefix in ("", "name_email-", "password-", "locale-"):
        sent |= {f"{prefix}is_superuser": "on", f"{prefix}groups": [administrators.pk]}
    assert client.post(reverse("wagtailadmin_account"), sent).status_code == 302
    assert state(editor) == [{**before[0], "first_name": "Lan"}, *before[1:]]


def test_an_administrator_changes_the_own_account(sign_in_as, administrator):
    client = sign_in_as(administrator)
    sent = edit_user_form(administrator, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    client.post(edit_user_url(administrator), sent)
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
