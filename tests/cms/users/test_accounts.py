"""An administrator creates and manages accounts, without e-mail and without a developer."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import NameEmailSettingsPanel

from tests.factories import member_of
from tests.rendered_pages import read

PASSWORD = "Ruộng-bậc-thang-7"
ADD = "wagtailusers_users:add"
EDIT = "wagtailusers_users:edit"


def form(username, *groups, password="", **fields):
    """Return the data that the form of an account sends, without an e-mail address."""
    return {
        "username": username,
        "first_name": "Trần Thu Hà",
        "last_name": "",
        "email": "",
        "password1": password,
        "password2": password,
        "groups": [Group.objects.get(name=name).pk for name in groups],
        **fields,
    }


def signs_in(username, password):
    """Return whether the user can sign in with the password."""
    client = Client()
    client.post(reverse("wagtailadmin_login"), {"username": username, "password": password})
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def test_two_users_without_e_mail_can_be_created(administrator_client, django_user_model):
    for username in ("thuha", "minhkhang"):
        administrator_client.post(reverse(ADD), form(username, "Editors", password=PASSWORD))
        user = django_user_model.objects.get(username=username)
        assert user.email == ""
        assert user.get_full_name() == "Trần Thu Hà"
        assert signs_in(username, PASSWORD)


def test_a_user_without_e_mail_is_disabled_and_enabled(administrator_client):
    user = member_of("Editors", username="thuha", password=PASSWORD)
    address = reverse(EDIT, args=[user.pk])
    administrator_client.post(address, form("thuha", "Editors"))
    assert not signs_in("thuha", PASSWORD)
    administrator_client.post(address, form("thuha", "Editors", is_active="on"))
    assert signs_in("thuha", PASSWORD)


def test_a_new_password_ends_the_old_one_and_its_sessions(administrator_client):
    user = member_of("Editors", username="thuha", password=PASSWORD)
    at_work = Client()
    at_work.post(reverse("wagtailadmin_login"), {"username": "thuha", "password": PASSWORD})
    new = PASSWORD + "!"
    administrator_client.post(
        reverse(EDIT, args=[user.pk]), form("thuha", "Editors", is_active="on", password=new)
    )
    assert signs_in("thuha", new)
    assert not signs_in("thuha", PASSWORD)
    assert at_work.get(reverse("wagtailadmin_home")).status_code == 302


@pytest.mark.parametrize("password", ["123456", "password", "thuha", "ngan", ""])
def test_a_weak_password_is_refused_and_nothing_typed_is_lost(
    administrator_client, django_user_model, password
):
    response = administrator_client.post(reverse(ADD), form("thuha", "Editors", password=password))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["first_name"].value() == "Trần Thu Hà"
    assert not django_user_model.objects.filter(username="thuha").exists()


def test_an_e_mail_that_is_none_is_refused(administrator_client):
    response = administrator_client.post(
        reverse(ADD), form("thuha", "Editors", password=PASSWORD, email="khong-phai")
    )
    assert set(response.context["form"].errors) == {"email"}


@pytest.mark.parametrize("view", [ADD, EDIT])
def test_an_administrator_makes_nobody_a_superuser(administrator_client, django_user_model, view):
    user = member_of("Editors", username="thuha", password=PASSWORD)
    arguments = [] if view == ADD else [user.pk]
    username = "moi" if view == ADD else "thuha"
    assert (
        read(administrator_client, reverse(view, args=arguments)).select("[name=is_superuser]")
        == []
    )
    sent = form(username, "Editors", password=PASSWORD, is_active="on", is_superuser="on")
    administrator_client.post(reverse(view, args=arguments), sent)
    assert not django_user_model.objects.get(username=username).is_superuser


def test_nobody_shuts_himself_out(administrator_client, administrator):
    administrator_client.post(
        reverse(EDIT, args=[administrator.pk]), form(administrator.username, "Administrators")
    )
    administrator.refresh_from_db()
    assert administrator.is_active
    administrator_client.post(reverse("wagtailusers_users:delete", args=[administrator.pk]))
    administrator.refresh_from_db()


@pytest.mark.parametrize("role", ["editor", "moderator", "translator"])
def test_nobody_else_sees_or_makes_users(client, django_user_model, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("wagtailusers_users:index")).status_code == 302
    client.post(reverse(ADD), form("thuha", "Administrators", password=PASSWORD))
    assert not django_user_model.objects.filter(username="thuha").exists()


def test_everybody_changes_the_own_password(client, editor):
    editor.set_password(PASSWORD)
    editor.save()
    client.force_login(editor)
    page = read(client, reverse("wagtailadmin_account"))
    assert page.select_one("[name=password-new_password1]")


def test_the_own_name_has_a_form_of_ours_and_wagtails_panel_stays_as_it_is(client, editor):
    client.force_login(editor)
    page = read(client, reverse("wagtailadmin_account"))
    assert not page.select_one("[name=name_email-email]").has_attr("required")
    assert not page.select_one("[name=name_email-last_name]").has_attr("required")
    assert NameEmailSettingsPanel.form_class is NameEmailForm
