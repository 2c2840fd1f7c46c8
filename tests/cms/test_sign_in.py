"""Signing in: in Vietnamese, and closed for a while to who guesses."""

import re

import pytest
from django.contrib.auth.models import Group

from tests.factories import member_of

PASSWORD = "mot-mat-khau-dai-2020"
HERE = "203.0.113.1"
ELSEWHERE = "203.0.113.2"


@pytest.fixture
def account(db):
    """An editor with a password."""
    return member_of("Editors", username="bientap", password=PASSWORD)


def sign_in(client, password=PASSWORD, username="bientap", address=HERE, **headers):
    """Send the sign-in form from an address."""
    return client.post(
        "/admin/login/",
        {"username": username, "password": password, "next": "/admin/"},
        REMOTE_ADDR=address,
        headers=headers,
    )


def fail(client, times, **kwargs):
    """Sign in with wrong passwords and return the last answer."""
    for number in range(times):
        response = sign_in(client, password=f"sai-{number}", **kwargs)
    return response


def test_the_sign_in_page_is_vietnamese(client, db):
    response = client.get("/admin/login/")
    text = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="vi"' in text
    assert "Đăng nhập" in text
    assert "Mật khẩu" in text
    shown = re.sub(r"<(script|style|svg).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    for english in ("Sign in", "Password", "Username", "Forgotten", "Remember me"):
        assert english not in shown


def test_the_sign_in_page_is_vietnamese_whatever_the_browser_asks_for(client, db):
    text = client.get("/admin/login/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="vi"' in text


def test_the_right_password_signs_in(client, account):
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_admin_speaks_vietnamese_to_a_new_member(client, account):
    sign_in(client)
    text = client.get("/admin/").content.decode()
    assert '<html lang="vi"' in text
    assert "Trang" in text


def test_a_wrong_password_is_answered_in_vietnamese_and_does_not_say_what_was_wrong(
    client, account
):
    known = fail(client, 1)
    unknown = fail(client, 1, username="khong-co")
    assert known.status_code == unknown.status_code == 200
    errors = [response.context["form"].non_field_errors() for response in (known, unknown)]
    assert errors[0] == errors[1]
    assert "không" in errors[0][0]


def test_five_wrong_passwords_close_the_account_from_that_address(client, account):
    assert fail(client, 4).status_code == 200
    response = fail(client, 1)
    assert response.status_code == 429
    assert sign_in(client).status_code == 429
    assert client.get("/admin/").status_code == 302


def test_who_is_locked_out_reads_why_in_vietnamese(client, account):
    response = fail(client, 5)
    text = response.content.decode()
    assert '<html lang="vi"' in text
    assert "mật khẩu" in text
    assert "15 phút" in text
    assert "no-store" in response["Cache-Control"]


def test_the_same_account_still_signs_in_from_another_address(client, account):
    fail(client, 5)
    assert sign_in(client, address=ELSEWHERE).status_code == 302


def test_another_account_still_signs_in_from_the_same_address(client, account):
    member_of("Moderators", username="duyetbai", password=PASSWORD)
    fail(client, 5)
    assert sign_in(client, username="duyetbai").status_code == 302


def test_a_forged_forwarding_header_opens_no_further_attempts(client, account):
    for number in range(5):
        response = sign_in(client, password="sai", x_forwarded_for=f"198.51.100.{number}")
    assert response.status_code == 429


def test_an_account_that_does_not_exist_is_closed_alike(client, account):
    assert fail(client, 5, username="khong-co").status_code == 429


def test_signing_in_forgets_the_wrong_passwords_before(client, account):
    fail(client, 4)
    assert sign_in(client).status_code == 302
    client.logout()
    assert fail(client, 4).status_code == 200


@pytest.mark.parametrize("username", ["x\0y", "x" * 5000, "", "' OR 1=1 --", "\u202e"])
def test_an_odd_name_is_answered_in_the_form(client, db, username):
    assert sign_in(client, username=username).status_code == 200


def test_a_member_of_no_group_is_let_in_nowhere(client, account):
    account.groups.remove(Group.objects.get(name="Editors"))
    sign_in(client)
    assert client.get("/admin/").status_code != 200
