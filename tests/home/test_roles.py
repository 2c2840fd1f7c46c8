"""Tests of the actions that each group may and may not do."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from cms.models import PortalImage, SiteFrame
from cms.users.rights import Right, RightKind, missing_rights, rights_of_groups
from news.models import ArticlePage
from tests.admin_forms import article_form
from tests.factories import ArticleFactory, member_of

PASSWORD = "Mot-Mat-Khau-Dai-2026"

# Nobody deletes published pages. tests/cms/deletion/test_deletion.py covers all other deletions.
PAGE_RIGHTS = {
    ("editor", "home"): {"add", "edit"},
    ("editor", "english_home"): set(),
    ("translator", "home"): set(),
    ("translator", "english_home"): {"edit"},
    ("moderator", "home"): {"add", "edit", "publish", "lock", "unlock"},
    ("moderator", "english_home"): {"add", "edit", "publish", "lock", "unlock"},
    ("administrator", "home"): {"add", "edit", "publish", "lock", "unlock"},
    ("administrator", "english_home"): {"add", "edit", "publish", "lock", "unlock"},
}

SETTINGS = [
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailsites:add",
    "wagtaillocales:index",
    "wagtaillocales:add",
    "wagtailredirects:index",
    "wagtailredirects:add",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:add",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:add",
]


def is_refused(response):
    """Return whether the admin refused the request."""
    return response.status_code == 403 or (
        response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    )


# Pages


@pytest.mark.parametrize(("role", "page"), PAGE_RIGHTS)
def test_each_group_has_exactly_its_rights_over_each_tree(request, role, page):
    tester = request.getfixturevalue(page).permissions_for_user(request.getfixturevalue(role))
    rights = {
        "add": tester.can_add_subpage(),
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
        "unpublish": tester.can_unpublish(),
        "delete": tester.can_delete(),
        "lock": tester.can_lock(),
        "unlock": tester.can_unlock(),
    }
    expected = PAGE_RIGHTS[role, page]
    if "publish" in expected:
        expected = expected | {"unpublish"}
    assert {name for name, given in rights.items() if given} == expected


def test_a_member_of_no_group_does_not_enter_the_admin(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("role", ["editor", "translator", "moderator", "administrator"])
def test_every_group_enters_the_admin(client_of, role):
    assert client_of(role).get(reverse("wagtailadmin_home")).status_code == 200


ADD = "wagtailadmin_pages:add"
EDIT = "wagtailadmin_pages:edit"


def test_what_an_editor_tries_to_publish_stays_a_draft(client_of, section):
    address = reverse(ADD, args=["news", "articlepage", section.pk])
    form = article_form(title="Tin của biên tập viên", **{"action-publish": "action-publish"})
    client_of("editor").post(address, form)
    article = ArticlePage.objects.get(title="Tin của biên tập viên")
    assert not article.live


def test_an_editor_does_not_publish_a_draft_either(client_of, section):
    article = ArticleFactory(parent=section, title="Bản nháp", live=False)
    form = article_form(title="Bản nháp", slug="ban-nhap", **{"action-publish": "action-publish"})
    client_of("editor").post(reverse(EDIT, args=[article.pk]), form)
    article.refresh_from_db()
    assert not article.live


def test_what_an_editor_changes_in_a_published_article_does_not_appear(client_of, section):
    article = ArticleFactory(parent=section, title="Đã đăng")
    form = article_form(title="Đã sửa", slug="da-dang", **{"action-publish": "action-publish"})
    client_of("editor").post(reverse(EDIT, args=[article.pk]), form)
    article.refresh_from_db()
    assert article.title == "Đã đăng"
    assert article.get_latest_revision_as_object().title == "Đã sửa"


def test_an_editor_does_not_unpublish(client_of, section):
    article = ArticleFactory(parent=section)
    address = reverse("wagtailadmin_pages:unpublish", args=[article.pk])
    assert is_refused(client_of("editor").post(address))
    article.refresh_from_db()
    assert article.live


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_who_reviews_publishes_at_once(client_of, role, section):
    address = reverse(ADD, args=["news", "articlepage", section.pk])
    form = article_form(title="Đăng ngay", **{"action-publish": "action-publish"})
    client_of(role).post(address, form)
    assert ArticlePage.objects.get(title="Đăng ngay").live


def test_an_editor_does_not_edit_english(client_of, english_section):
    article = ArticleFactory(parent=english_section, title="English")
    address = reverse(EDIT, args=[article.pk])
    client = client_of("editor")
    assert is_refused(client.get(address))
    assert is_refused(client.post(address, article_form(title="Khác", slug="english")))
    article.refresh_from_db()
    assert article.get_latest_revision() is None
    assert article.title == "English"


def test_an_editor_does_not_add_english(client_of, english_section):
    address = reverse(ADD, args=["news", "articlepage", english_section.pk])
    assert is_refused(client_of("editor").post(address, article_form(title="Mới")))
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("tree", ["section", "english_section"])
def test_a_translator_adds_no_page(request, client_of, tree):
    parent = request.getfixturevalue(tree)
    address = reverse(ADD, args=["news", "articlepage", parent.pk])
    assert is_refused(client_of("translator").post(address, article_form(title="Mới")))
    assert not ArticlePage.objects.exists()


# Groups


def beyond_administrators():
    """Return, for each group, the rights that administrators lack.

    Administrators could not manage a group with such a right.
    """
    groups = Group.objects.all()
    names = {group.pk: group.name for group in groups}
    rights = {names[key]: held for key, held in rights_of_groups(groups).items()}
    own = rights["Administrators"]
    return {
        name: missing_rights(own, held)
        for name, held in rights.items()
        if missing_rights(own, held)
    }


def test_administrators_hold_whatever_any_group_holds(db):
    assert Group.objects.count() == 4
    assert all(rights_of_groups(Group.objects.all()).values())
    assert beyond_administrators() == {}


def test_administrators_hold_whatever_the_translators_of_a_further_language_hold(
    settings, english_home
):
    """This is also true if an operator gave the English translators more rights."""
    settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.WAGTAIL_CONTENT_LANGUAGES, ("fr", "Français")]
    english = Group.objects.get(name="Translators (English)")
    publish = Permission.objects.get(codename="publish_page")
    english.page_permissions.create(page=english_home, permission=publish)
    Locale.objects.create(language_code="fr")
    assert Group.objects.get(name="Translators (French)").page_permissions.count() == 2
    assert beyond_administrators() == {}


def test_a_right_that_administrators_lack_would_be_noticed(home):
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="delete_contenttype"))
    assert beyond_administrators() == {
        "Editors": {Right(RightKind.MODEL, "contenttypes.delete_contenttype")}
    }


# Settings and users


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_settings_are_closed_to_all_but_administrators(client_of, role, name):
    assert is_refused(client_of(role).get(reverse(name)))


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_open_to_administrators(client_of, name):
    assert client_of("administrator").get(reverse(name)).status_code == 200


def user_form(**fields):
    """Return the form data of a user."""
    return {"username": "bientap2", "email": "", "first_name": "Lan", "last_name": "Lê", **fields}


@pytest.fixture
def colleague(db):
    """An editor with a password."""
    return member_of("Editors", username="bientap2", password=PASSWORD, last_name="Lê")


def may_sign_in(username, password):
    """Return whether the user can sign in on the sign-in page."""
    client = Client()
    client.post(reverse("wagtailadmin_login"), {"username": username, "password": password})
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_administrator_creates_an_editor_who_then_signs_in(client_of, django_user_model):
    group = member_of("Editors").groups.get()
    form = user_form(
        email="lan@so.example", password1=PASSWORD, password2=PASSWORD, groups=[group.pk]
    )
    client_of("administrator").post(reverse("wagtailusers_users:add"), form)
    created = django_user_model.objects.get(username="bientap2")
    assert list(created.groups.all()) == [group]
    assert not created.is_superuser
    assert may_sign_in("bientap2", PASSWORD)


def test_an_administrator_disables_a_user_who_is_out_at_once(client_of, colleague):
    at_work = Client()
    at_work.force_login(colleague)
    assert at_work.get(reverse("wagtailadmin_home")).status_code == 200
    form = user_form(email="lan@so.example", groups=[colleague.groups.get().pk])
    client_of("administrator").post(reverse("wagtailusers_users:edit", args=[colleague.pk]), form)
    colleague.refresh_from_db()
    assert not colleague.is_active
    assert at_work.get(reverse("wagtailadmin_home")).status_code == 302
    assert not may_sign_in("bientap2", PASSWORD)


def test_an_administrator_sets_a_new_password(client_of, colleague):
    form = user_form(
        email="lan@so.example",
        groups=[colleague.groups.get().pk],
        is_active="on",
        password1=PASSWORD + "!",
        password2=PASSWORD + "!",
    )
    client_of("administrator").post(reverse("wagtailusers_users:edit", args=[colleague.pk]), form)
    assert may_sign_in("bientap2", PASSWORD + "!")
    assert not may_sign_in("bientap2", PASSWORD)


@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_nobody_else_changes_a_user(client_of, role, colleague):
    address = reverse("wagtailusers_users:edit", args=[colleague.pk])
    form = user_form(email="lan@so.example", password1=PASSWORD + "!", password2=PASSWORD + "!")
    assert is_refused(client_of(role).post(address, form))
    colleague.refresh_from_db()
    assert colleague.is_active
    assert colleague.check_password(PASSWORD)


# Pictures


UPLOADS = [
    ("wagtailimages:add", {"title": "Ảnh"}),
    ("wagtailimages:add_multiple", {"title": "Ảnh"}),
    ("wagtailimages_chooser:create", {"image-chooser-upload-title": "Ảnh"}),
]


def upload(client, name, form):
    """Upload a picture through one of the views that accept pictures."""
    prefix = "image-chooser-upload-" if "chooser" in name else ""
    field = "files[]" if "multiple" in name else f"{prefix}file"
    picture = get_test_image_file(filename="anh.png", size=(20, 20))
    file = SimpleUploadedFile("anh.png", picture.file.getvalue(), content_type="image/png")
    collection = {f"{prefix}collection": "1"}
    return client.post(reverse(name), {**form, **collection, field: file})


@pytest.mark.parametrize(("name", "form"), UPLOADS)
def test_a_translator_uploads_no_picture(client_of, name, form):
    upload(client_of("translator"), name, form)
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(("name", "form"), UPLOADS)
@pytest.mark.parametrize("role", ["editor", "moderator", "administrator"])
def test_who_writes_or_reviews_uploads_pictures(client_of, role, name, form):
    upload(client_of(role), name, form)
    assert PortalImage.objects.count() == 1


@pytest.mark.parametrize("role", ["editor", "translator", "moderator", "administrator"])
def test_everybody_chooses_pictures(client_of, role):
    assert client_of(role).get(reverse("wagtailimages_chooser:choose")).status_code == 200


# The frame


@pytest.fixture
def frame(vietnamese):
    """The Vietnamese frame that the migrations created."""
    return SiteFrame.objects.get(locale=vietnamese)


FRAME = {
    "site_name": "Sở Khoa học tỉnh Bình Nguyên",
    "governing_body": "",
    "address": "",
    "telephone": "",
    "email": "",
    "person_responsible": "",
    "licence": "",
    "visitor_counter": "",
}


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_who_reviews_edits_the_frame_of_every_page(client, client_of, role, frame, home):
    address = reverse("wagtailsnippets_cms_siteframe:edit", args=[frame.pk])
    assert client_of(role).get(address).status_code == 200
    client_of(role).post(address, FRAME)
    assert FRAME["site_name"] in client.get("/").content.decode()


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_writes_or_translates_does_not_edit_the_frame(client_of, role, frame):
    address = reverse("wagtailsnippets_cms_siteframe:edit", args=[frame.pk])
    client = client_of(role)
    assert is_refused(client.get(address))
    assert is_refused(client.post(address, FRAME))
    before = frame.site_name
    frame.refresh_from_db()
    assert frame.site_name == before


@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_only_administrators_delete_the_frame(client_of, role, frame):
    address = reverse("wagtailsnippets_cms_siteframe:delete", args=[frame.pk])
    assert is_refused(client_of(role).post(address))
    assert SiteFrame.objects.filter(pk=frame.pk).exists()
