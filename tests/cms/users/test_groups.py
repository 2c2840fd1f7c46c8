"""No user can grant a right that they lack, neither through a group nor through a form."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection

from tests.admin_forms import sent_by
from tests.cms.users.admin_urls import delete_group_url, edit_group_url, edit_user_url
from tests.cms.users.conftest import USER_MANAGER_RIGHTS, make_group, permission
from tests.factories import ArticleFactory
from tests.home.test_roles import is_refused
from tests.rendered_pages import links, read, text_of

ADD_USER = reverse("wagtailusers_users:add")
ADD_GROUP = reverse("wagtailusers_groups:add")
GROUPS = reverse("wagtailusers_groups:index")
PASSWORD = "Mot-Mat-Khau-Dai-2026"


def user_form(username, *groups):
    """Return the data that the form of an account sends."""
    return {
        "username": username,
        "first_name": username,
        "is_active": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [group.pk for group in groups],
    }


def group_form(client, address, **changes):
    """Return the data that the form of a group sends, with some changes."""
    form = read(client, address).find("form", attrs={"method": "POST"})
    return {**sent_by(form), **changes}


def page_right(page, *codenames):
    """Return the data that a first row of page permissions sends."""
    return {
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-0-page": page.pk,
        "page_permissions-0-permissions": codenames,
    }


def collection_right(prefix, collection, name):
    """Return the data that a first row of collection permissions sends."""
    return {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-0-collection": collection.pk,
        f"{prefix}-0-permissions": [permission(name).pk],
    }


def errors(response):
    """Return the errors of the form, which the response shows again."""
    assert response.status_code == 200
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def rights(group):
    """Return the name and the rights of a group, as stored in the database."""
    return {
        "name": Group.objects.get(pk=group.pk).name,
        "model": set(group.permissions.values_list("codename", flat=True)),
        "page": set(group.page_permissions.values_list("page", "permission__codename")),
        "collection": set(
            group.collection_permissions.values_list("collection", "permission__codename")
        ),
    }


@pytest.fixture
def group_with_rare_right(db):
    """A group with a right that no other group has."""
    return make_group("Wide", "wagtailadmin.access_admin", "contenttypes.delete_contenttype")


# Groups of an account


def test_a_new_account_gets_no_group_with_rights_that_its_maker_lacks(
    sign_in_as, administrator, group_with_rare_right, django_user_model
):
    client = sign_in_as(administrator)
    assert errors(client.post(ADD_USER, user_form("moi", group_with_rare_right))) == [
        (
            "You cannot change or give the group “Wide”. "
            "It has rights that you lack: content type: delete."
        )
    ]
    assert not django_user_model.objects.filter(username="moi").exists()


def test_an_account_gets_no_group_with_rights_that_the_giver_lacks(
    sign_in_as, administrator, editor, group_with_rare_right
):
    client = sign_in_as(administrator)
    groups = [*editor.groups.all(), group_with_rare_right]
    assert errors(client.post(edit_user_url(editor), user_form(editor.username, *groups)))
    assert group_with_rare_right not in editor.groups.all()


def test_nobody_gives_such_a_group_to_oneself(sign_in_as, user_manager, user_managers_group):
    administrators = Group.objects.get(name="Administrators")
    client = sign_in_as(user_manager)
    form = user_form(user_manager.username, user_managers_group, administrators)
    assert errors(client.post(edit_user_url(user_manager), form))
    assert list(user_manager.groups.all()) == [user_managers_group]


def test_nobody_gives_such_a_group_to_many(
    sign_in_as, administrator, editor, group_with_rare_right
):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    address += f"?id={editor.pk}&id={administrator.pk}"
    client = sign_in_as(administrator)
    assert "“Wide”" in errors(client.post(address, {"role": group_with_rare_right.pk}))[0]
    assert not group_with_rare_right.user_set.exists()
    assert "Wide" not in links(read(client, address), "option")
    assert "Moderators" in links(read(client, address), "option")


def test_the_form_of_an_account_offers_the_groups_that_one_may_give(
    sign_in_as, administrator, editor, group_with_rare_right
):
    client = sign_in_as(administrator)
    for address in (ADD_USER, edit_user_url(editor)):
        offered = links(read(client, address), "#id_groups label")
        assert {"Administrators", "Editors", "Moderators"} <= set(offered)
        assert "Wide" not in offered


def test_an_administrator_gives_every_group_that_migrations_made(
    sign_in_as, administrator, django_user_model
):
    groups = Group.objects.all()
    assert groups.count() == 4
    sign_in_as(administrator).post(ADD_USER, user_form("moi", *groups))
    assert set(django_user_model.objects.get(username="moi").groups.all()) == set(groups)


def test_a_superuser_gives_every_group(
    sign_in_as, superuser, group_with_rare_right, django_user_model
):
    sign_in_as(superuser).post(ADD_USER, user_form("moi", group_with_rare_right))
    assert django_user_model.objects.get(username="moi").groups.get() == group_with_rare_right


# Rights of a group


def rights_not_held(home, english_home):
    """Return form data and the right's name for rights that `maker` lacks, by kind of right."""
    root = Collection.get_first_root_node()
    beside = root.add_child(name="Khác")
    return {
        "model": ({"permissions": [permission("wagtailcore.delete_site").pk]}, "site: delete"),
        "page beside": (
            page_right(english_home, "change_page"),
            f"page: Edit (“{english_home.title}”)",
        ),
        "page above": (
            page_right(home.get_parent(), "change_page"),
            f"page: Edit (“{home.get_parent().title}”)",
        ),
        "another right on the page": (
            page_right(home, "change_page", "publish_page"),
            f"page: Publish (“{home.title}”)",
        ),
        "pictures beside": (
            collection_right("image_permissions", beside, "wagtailimages.add_image"),
            "image: add (“Khác”)",
        ),
        "documents": (
            collection_right("document_permissions", beside, "wagtaildocs.add_document"),
            "document: add (“Khác”)",
        ),
        "collections": (
            collection_right("collection_permissions", root, "wagtailcore.add_collection"),
            "collection: add (“Root”)",
        ),
    }


KINDS = [
    "model",
    "page beside",
    "page above",
    "another right on the page",
    "pictures beside",
    "documents",
    "collections",
]


@pytest.fixture
def own_group(home):
    """A group that manages accounts, writes in Vietnamese and has a collection of pictures."""
    collection = Collection.get_first_root_node().add_child(name="Ảnh")
    return make_group(
        "Own",
        *USER_MANAGER_RIGHTS,
        pages=[("wagtailcore.change_page", home)],
        collections=[("wagtailimages.add_image", collection)],
    )


@pytest.fixture
def maker(make_user, own_group):
    """A user who creates groups and may do little else."""
    return make_user("nhansu", own_group)


@pytest.mark.parametrize("kind", KINDS)
def test_no_new_group_has_rights_that_its_maker_lacks(sign_in_as, maker, home, english_home, kind):
    sent, name = rights_not_held(home, english_home)[kind]
    client = sign_in_as(maker)
    form = group_form(client, ADD_GROUP, name="Mới", **sent)
    assert errors(client.post(ADD_GROUP, form)) == [
        f"You cannot give rights that you lack: {name}."
    ]
    assert not Group.objects.filter(name="Mới").exists()


@pytest.mark.parametrize("is_own", [False, True], ids=["new", "own"])
@pytest.mark.parametrize("is_seen", [False, True], ids=["hidden", "seen"])
def test_who_is_refused_a_right_reads_no_title_that_they_may_not_see(
    sign_in_as, make_user, user_managers_group, section, is_own, is_seen
):
    """The refusal names no page that the user may not see.

    This holds even if the refused right would let the user see the page.
    """
    page = ArticleFactory(parent=section, title="Kỷ luật cán bộ", live=False)
    user = make_user("dungnhom", user_managers_group)
    if is_seen:
        user.groups.add(make_group("Khoá", pages=[("wagtailcore.lock_page", page)]))
    address = edit_group_url(user_managers_group) if is_own else ADD_GROUP
    client = sign_in_as(user)
    form = group_form(client, address, name="Mới", **page_right(page, "change_page"))
    response = client.post(address, form)
    name = page.title if is_seen else "A page you may not see"
    assert errors(response) == [
        f"You cannot give rights that you lack: page: Edit (“{name}”).",
    ]
    assert (page.title in response.content.decode()) == is_seen


@pytest.mark.parametrize("kind", KINDS)
def test_no_group_gets_rights_that_the_giver_lacks(sign_in_as, maker, home, english_home, kind):
    group = make_group("Khác")
    sent, name = rights_not_held(home, english_home)[kind]
    client = sign_in_as(maker)
    form = group_form(client, edit_group_url(group), **sent)
    assert errors(client.post(edit_group_url(group), form)) == [
        f"You cannot give rights that you lack: {name}."
    ]
    assert rights(group) == {"name": "Khác", "model": set(), "page": set(), "collection": set()}


def test_nobody_gives_such_a_right_to_a_group_of_their_own(sign_in_as, maker, own_group):
    before = rights(own_group)
    client = sign_in_as(maker)
    form = group_form(client, edit_group_url(own_group))
    form["permissions"] = [*form["permissions"], permission("wagtailcore.delete_site").pk]
    response = client.post(edit_group_url(own_group), form)
    assert errors(response)
    assert rights(own_group) == before
    assert "site: delete" in response.content.decode()


def test_what_one_has_one_gives_there_and_below(sign_in_as, maker, own_group, section):
    below = own_group.collection_permissions.get().collection.add_child(name="Ảnh 2026")
    client = sign_in_as(maker)
    form = group_form(
        client,
        ADD_GROUP,
        name="Mới",
        permissions=[permission("auth.add_user").pk],
        **page_right(section, "change_page"),
        **collection_right("image_permissions", below, "wagtailimages.add_image"),
    )
    assert client.post(ADD_GROUP, form).status_code == 302
    assert rights(Group.objects.get(name="Mới")) == {
        "name": "Mới",
        "model": {"add_user"},
        "page": {(section.pk, "change_page")},
        "collection": {(below.pk, "add_image")},
    }


def test_a_group_that_is_saved_as_it_was_keeps_its_rights(sign_in_as, administrator):
    client = sign_in_as(administrator)
    for group in Group.objects.all():
        before = rights(group)
        response = client.post(edit_group_url(group), group_form(client, edit_group_url(group)))
        assert response.status_code == 302, group
        assert rights(group) == before


def test_an_administrator_takes_rights_from_a_group_of_the_newsroom(sign_in_as, administrator):
    group = Group.objects.get(name="Editors")
    client = sign_in_as(administrator)
    form = group_form(client, edit_group_url(group), **{"page_permissions-0-DELETE": "1"})
    assert client.post(edit_group_url(group), form).status_code == 302
    assert rights(group)["page"] == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [edit_group_url, delete_group_url])
def test_a_group_that_may_do_more_is_not_changed_at_all(
    sign_in_as, administrator, group_with_rare_right, address, method
):
    """A user cannot change a group with rights that they lack.

    They can neither rename it nor remove its rights, because some members may have all its rights.
    """
    client = sign_in_as(administrator)
    before = rights(group_with_rare_right)
    response = getattr(client, method)(address(group_with_rare_right), {"name": "Hẹp"})
    assert is_refused(response)
    assert text_of(
        read(client, reverse("wagtailadmin_home")).select_one(".messages > ul")
    ).startswith(
        "You cannot change or give the group “Wide”. "
        "It has rights that you lack: content type: delete."
    )
    assert rights(group_with_rare_right) == before


@pytest.mark.parametrize("address", [edit_group_url, delete_group_url])
@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_nobody_else_reads_which_rights_a_group_has(
    sign_in_as, request, group_with_rare_right, role, address
):
    client = sign_in_as(request.getfixturevalue(role))
    assert is_refused(client.get(address(group_with_rare_right)))
    assert "Wide" not in read(client, reverse("wagtailadmin_home")).select_one(".messages").text


def test_an_administrator_makes_and_deletes_a_group(sign_in_as, administrator, home):
    client = sign_in_as(administrator)
    form = group_form(client, ADD_GROUP, name="Mới", **page_right(home, "publish_page"))
    assert client.post(ADD_GROUP, form).status_code == 302
    group = Group.objects.get(name="Mới")
    assert rights(group)["page"] == {(home.pk, "publish_page")}
    assert client.post(delete_group_url(group)).status_code == 302
    assert not Group.objects.filter(name="Mới").exists()


def test_the_list_leads_only_to_groups_within_reach(
    sign_in_as, administrator, group_with_rare_right
):
    page = read(sign_in_as(administrator), GROUPS)
    leading = {link["href"]: text_of(link) for link in page.select("main table a[href]")}
    assert leading.get(edit_group_url(Group.objects.get(name="Editors"))) == "Editors"
    assert edit_group_url(group_with_rare_right) not in leading
    assert "Wide" in page.select_one("main table").text


def test_the_list_takes_as_many_queries_for_twenty_groups_as_for_four(
    sign_in_as, administrator, django_assert_num_queries, django_assert_max_num_queries
):
    """The number of queries does not depend on the number of groups.

    Four queries find the groups that the user may change: three for the user's own rights, and one
    for the rights of all groups on the page.
    """
    client = sign_in_as(administrator)
    read(client, GROUPS)
    with django_assert_max_num_queries(20) as captured:
        client.get(GROUPS)
    for number in range(16):
        make_group(f"Nhóm {number}", "auth.change_user")
    with django_assert_num_queries(len(captured)):
        page = read(client, GROUPS)
    assert len(page.select("main table tbody tr")) == 20
