"""Nobody gives a right that they lack, by group or by form."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection

from tests.cms.forms import sent_by
from tests.cms.users.conftest import PERSONNEL, make_group, permission
from tests.factories import ArticleFactory
from tests.home.test_roles import is_refused
from tests.news.reader import links, read, words

ADD_USER = reverse("wagtailusers_users:add")
ADD_GROUP = reverse("wagtailusers_groups:add")
GROUPS = reverse("wagtailusers_groups:index")
PASSWORD = "Mot-Mat-Khau-Dai-2026"


def edit_user(user):
    """Return where an account is changed."""
    return reverse("wagtailusers_users:edit", args=[user.pk])


def edit_group(group):
    """Return where a group is changed."""
    return reverse("wagtailusers_groups:edit", args=[group.pk])


def delete_group(group):
    """Return where a group is deleted."""
    return reverse("wagtailusers_groups:delete", args=[group.pk])


def user_form(username, *groups):
    """Return what the form of an account sends."""
    return {
        "username": username,
        "first_name": username,
        "is_active": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "groups": [group.pk for group in groups],
    }


def group_form(client, address, **changes):
    """Return what the form of a group sends, after some changes."""
    form = read(client, address).find("form", attrs={"method": "POST"})
    return {**sent_by(form), **changes}


def page_right(page, *codenames):
    """Return what a first row of page permissions sends."""
    return {
        "page_permissions-TOTAL_FORMS": "1",
        "page_permissions-0-page": page.pk,
        "page_permissions-0-permissions": codenames,
    }


def collection_right(prefix, collection, name):
    """Return what a first row of collection permissions sends."""
    return {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-0-collection": collection.pk,
        f"{prefix}-0-permissions": [permission(name).pk],
    }


def errors(response):
    """Return the errors of the form that was shown again."""
    assert response.status_code == 200
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def rights(group):
    """Return all that a group has, as the database has it."""
    return {
        "name": Group.objects.get(pk=group.pk).name,
        "model": set(group.permissions.values_list("codename", flat=True)),
        "page": set(group.page_permissions.values_list("page", "permission__codename")),
        "collection": set(
            group.collection_permissions.values_list("collection", "permission__codename")
        ),
    }


@pytest.fixture
def wide(db):
    """A group with a right that no other group has."""
    return make_group("Wide", "wagtailadmin.access_admin", "contenttypes.delete_contenttype")


# Groups of an account


def test_a_new_account_gets_no_group_with_rights_that_its_maker_lacks(
    signed_in, administrator, wide, django_user_model
):
    client = signed_in(administrator)
    assert errors(client.post(ADD_USER, user_form("moi", wide))) == [
        (
            "You cannot change or give the group “Wide”. "
            "It has rights that you lack: content type: delete."
        )
    ]
    assert not django_user_model.objects.filter(username="moi").exists()


def test_an_account_gets_no_group_with_rights_that_the_giver_lacks(
    signed_in, administrator, editor, wide
):
    client = signed_in(administrator)
    groups = [*editor.groups.all(), wide]
    assert errors(client.post(edit_user(editor), user_form(editor.username, *groups)))
    assert wide not in editor.groups.all()


def test_nobody_gives_such_a_group_to_oneself(signed_in, keeper, personnel):
    administrators = Group.objects.get(name="Administrators")
    client = signed_in(keeper)
    form = user_form(keeper.username, personnel, administrators)
    assert errors(client.post(edit_user(keeper), form))
    assert list(keeper.groups.all()) == [personnel]


def test_nobody_gives_such_a_group_to_many(signed_in, administrator, editor, wide):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "assign_role"])
    address += f"?id={editor.pk}&id={administrator.pk}"
    client = signed_in(administrator)
    assert "“Wide”" in errors(client.post(address, {"role": wide.pk}))[0]
    assert not wide.user_set.exists()
    assert "Wide" not in links(read(client, address), "option")
    assert "Moderators" in links(read(client, address), "option")


def test_the_form_of_an_account_offers_the_groups_that_one_may_give(
    signed_in, administrator, editor, wide
):
    client = signed_in(administrator)
    for address in (ADD_USER, edit_user(editor)):
        offered = links(read(client, address), "#id_groups label")
        assert {"Administrators", "Editors", "Moderators"} <= set(offered)
        assert "Wide" not in offered


def test_an_administrator_gives_every_group_that_migrations_made(
    signed_in, administrator, django_user_model
):
    groups = Group.objects.all()
    assert groups.count() == 4
    signed_in(administrator).post(ADD_USER, user_form("moi", *groups))
    assert set(django_user_model.objects.get(username="moi").groups.all()) == set(groups)


def test_a_superuser_gives_every_group(signed_in, superuser, wide, django_user_model):
    signed_in(superuser).post(ADD_USER, user_form("moi", wide))
    assert django_user_model.objects.get(username="moi").groups.get() == wide


# Rights of a group


def unheld(home, english_home):
    """Return what a form may send for each right that `maker` lacks, by kind, and its name."""
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
    """A group that keeps accounts, writes in Vietnamese and has a collection of pictures."""
    collection = Collection.get_first_root_node().add_child(name="Ảnh")
    return make_group(
        "Own",
        *PERSONNEL,
        pages=[("wagtailcore.change_page", home)],
        collections=[("wagtailimages.add_image", collection)],
    )


@pytest.fixture
def maker(make_user, own_group):
    """Somebody who makes groups and may do little else."""
    return make_user("nhansu", own_group)


@pytest.mark.parametrize("kind", KINDS)
def test_no_new_group_has_rights_that_its_maker_lacks(signed_in, maker, home, english_home, kind):
    sent, name = unheld(home, english_home)[kind]
    client = signed_in(maker)
    form = group_form(client, ADD_GROUP, name="Mới", **sent)
    assert errors(client.post(ADD_GROUP, form)) == [
        f"You cannot give rights that you lack: {name}."
    ]
    assert not Group.objects.filter(name="Mới").exists()


@pytest.mark.parametrize("is_own", [False, True], ids=["new", "own"])
@pytest.mark.parametrize("is_seen", [False, True], ids=["hidden", "seen"])
def test_who_is_refused_a_right_reads_no_title_that_they_may_not_see(
    signed_in, make_user, personnel, section, is_own, is_seen
):
    """Not even one that the right, had they kept it, would let them see."""
    page = ArticleFactory(parent=section, title="Kỷ luật cán bộ", live=False)
    user = make_user("dungnhom", personnel)
    if is_seen:
        user.groups.add(make_group("Khoá", pages=[("wagtailcore.lock_page", page)]))
    address = edit_group(personnel) if is_own else ADD_GROUP
    client = signed_in(user)
    form = group_form(client, address, name="Mới", **page_right(page, "change_page"))
    response = client.post(address, form)
    name = page.title if is_seen else "A page you may not see"
    assert errors(response) == [
        f"You cannot give rights that you lack: page: Edit (“{name}”).",
    ]
    assert (page.title in response.content.decode()) == is_seen


@pytest.mark.parametrize("kind", KINDS)
def test_no_group_gets_rights_that_the_giver_lacks(signed_in, maker, home, english_home, kind):
    group = make_group("Khác")
    sent, name = unheld(home, english_home)[kind]
    client = signed_in(maker)
    form = group_form(client, edit_group(group), **sent)
    assert errors(client.post(edit_group(group), form)) == [
        f"You cannot give rights that you lack: {name}."
    ]
    assert rights(group) == {"name": "Khác", "model": set(), "page": set(), "collection": set()}


def test_nobody_gives_such_a_right_to_a_group_of_their_own(signed_in, maker, own_group):
    before = rights(own_group)
    client = signed_in(maker)
    form = group_form(client, edit_group(own_group))
    form["permissions"] = [*form["permissions"], permission("wagtailcore.delete_site").pk]
    response = client.post(edit_group(own_group), form)
    assert errors(response)
    assert rights(own_group) == before
    assert "site: delete" in response.content.decode()


def test_what_one_has_one_gives_there_and_below(signed_in, maker, own_group, section):
    below = own_group.collection_permissions.get().collection.add_child(name="Ảnh 2026")
    client = signed_in(maker)
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


def test_a_group_that_is_saved_as_it_was_keeps_its_rights(signed_in, administrator):
    client = signed_in(administrator)
    for group in Group.objects.all():
        before = rights(group)
        response = client.post(edit_group(group), group_form(client, edit_group(group)))
        assert response.status_code == 302, group
        assert rights(group) == before


def test_an_administrator_takes_rights_from_a_group_of_the_newsroom(signed_in, administrator):
    group = Group.objects.get(name="Editors")
    client = signed_in(administrator)
    form = group_form(client, edit_group(group), **{"page_permissions-0-DELETE": "1"})
    assert client.post(edit_group(group), form).status_code == 302
    assert rights(group)["page"] == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [edit_group, delete_group])
def test_a_group_that_may_do_more_is_not_changed_at_all(
    signed_in, administrator, wide, address, method
):
    """Not even its name, nor by taking rights away: some of its members may do as much as it."""
    client = signed_in(administrator)
    before = rights(wide)
    response = getattr(client, method)(address(wide), {"name": "Hẹp"})
    assert is_refused(response)
    assert words(
        read(client, reverse("wagtailadmin_home")).select_one(".messages > ul")
    ).startswith(
        "You cannot change or give the group “Wide”. "
        "It has rights that you lack: content type: delete."
    )
    assert rights(wide) == before


@pytest.mark.parametrize("address", [edit_group, delete_group])
@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_nobody_else_reads_which_rights_a_group_has(signed_in, request, wide, role, address):
    client = signed_in(request.getfixturevalue(role))
    assert is_refused(client.get(address(wide)))
    assert "Wide" not in read(client, reverse("wagtailadmin_home")).select_one(".messages").text


def test_an_administrator_makes_and_deletes_a_group(signed_in, administrator, home):
    client = signed_in(administrator)
    form = group_form(client, ADD_GROUP, name="Mới", **page_right(home, "publish_page"))
    assert client.post(ADD_GROUP, form).status_code == 302
    group = Group.objects.get(name="Mới")
    assert rights(group)["page"] == {(home.pk, "publish_page")}
    assert client.post(delete_group(group)).status_code == 302
    assert not Group.objects.filter(name="Mới").exists()


def test_the_list_leads_only_to_groups_within_reach(signed_in, administrator, wide):
    page = read(signed_in(administrator), GROUPS)
    leading = {link["href"]: words(link) for link in page.select("main table a[href]")}
    assert leading.get(edit_group(Group.objects.get(name="Editors"))) == "Editors"
    assert edit_group(wide) not in leading
    assert "Wide" in page.select_one("main table").text


def test_the_list_takes_as_many_queries_for_twenty_groups_as_for_four(
    signed_in, administrator, django_assert_num_queries, django_assert_max_num_queries
):
    """Four of them find out which groups are within reach: three for the reader's own rights,
    one for those of all groups of the page.
    """
    client = signed_in(administrator)
    read(client, GROUPS)
    with django_assert_max_num_queries(20) as captured:
        client.get(GROUPS)
    for number in range(16):
        make_group(f"Nhóm {number}", "auth.change_user")
    with django_assert_num_queries(len(captured)):
        page = read(client, GROUPS)
    assert len(page.select("main table tbody tr")) == 20
