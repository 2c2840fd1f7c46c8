"""Signing in: the form is in Vietnamese, and guessing passwords leads to a lockout for a while."""

import re

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import aauthenticate, authenticate, get_user_model
from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from django.test import Client

from cms.models import FailedAttempts
from cms.users.attempts import TooManyAttemptsError, reset_counters
from tests.cms.users.sign_in import ELSEWHERE, HERE, PASSWORD, fail_sign_in, sign_in
from tests.factories import member_of


@pytest.fixture
def account(db):
    """An editor with a password."""
    return member_of("Editors", username="bientap", password=PASSWORD)


def save_settings(client, **fields):
    """Send the form of the user's own account."""
    form = {
        "name_email-first_name": "Hà",
        "name_email-last_name": "Trần",
        "name_email-email": "ha@example.vn",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "locale-preferred_language": "",
    }
    return client.post("/admin/account/", {**form, **fields})


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
    known = fail_sign_in(client, 1)
    unknown = fail_sign_in(client, 1, username="khong-co")
    assert known.status_code == unknown.status_code == 200
    errors = [response.context["form"].non_field_errors() for response in (known, unknown)]
    assert errors[0] == errors[1]
    assert "không" in errors[0][0]


def test_twenty_wrong_passwords_close_an_account_over_all_addresses(client, account):
    for number in range(20):
        response = sign_in(Client(), password="sai", address=f"198.51.100.{number}")
        assert response.status_code == 200
    assert sign_in(Client(), address=ELSEWHERE).status_code == 429


def test_a_closed_account_opens_an_hour_after_its_first_failure(client, account, clock):
    fail_sign_in(client, 1)
    clock.pass_minutes(30)
    fail_sign_in(client, 19)
    assert sign_in(Client(), address=ELSEWHERE).status_code == 429
    clock.pass_minutes(29)
    assert sign_in(Client(), address=ELSEWHERE).status_code == 429
    clock.pass_minutes(2)
    assert sign_in(Client(), address=ELSEWHERE).status_code == 302


def test_tries_while_it_is_closed_do_not_keep_it_closed(client, account, clock):
    fail_sign_in(client, 20)
    clock.pass_minutes(59)
    assert fail_sign_in(client, 5).status_code == 429
    clock.pass_minutes(2)
    assert sign_in(client).status_code == 302


def test_fifty_failures_over_all_accounts_close_an_address(client, account):
    for number in range(50):
        assert fail_sign_in(client, 1, username=f"ten-{number}").status_code == 200
    assert sign_in(client).status_code == 429
    assert sign_in(client, address=ELSEWHERE).status_code == 302


def test_an_ipv6_network_is_one_address(client, account):
    for number in range(50):
        fail_sign_in(client, 1, username=f"ten-{number}", address=f"2001:db8:0:1::{number:x}")
    assert sign_in(client, address="2001:db8:0:1:ffff::1").status_code == 429
    assert sign_in(client, address="2001:db8:0:2::1").status_code == 302


def test_an_office_signs_in_behind_one_address_as_often_as_it_likes(client, account):
    for _number in range(60):
        assert sign_in(Client()).status_code == 302


def test_signing_in_leaves_no_trace_of_whoever_never_failed(client, account):
    sign_in(client)
    assert not FailedAttempts.objects.exists()


def test_neither_name_nor_address_can_be_read_from_what_is_kept(client, account):
    fail_sign_in(client, 1)
    kept = str(list(FailedAttempts.objects.values_list()))
    assert "bientap" not in kept
    assert HERE not in kept


def test_who_is_locked_out_reads_why_in_vietnamese_and_when_to_come_again(client, account, clock):
    fail_sign_in(client, 20)
    clock.pass_minutes(45)
    response = sign_in(client)
    text = response.content.decode()
    assert '<html lang="vi"' in text
    assert "mật khẩu" in text
    assert "15 phút" in text
    assert response["Retry-After"] == "900"
    assert "no-store" in response["Cache-Control"]
    assert "sessionid" not in response.cookies


def test_a_forged_forwarding_header_opens_no_further_attempts(client, account):
    for number in range(50):
        fail_sign_in(client, 1, username=f"ten-{number}", x_forwarded_for=f"198.51.100.{number}")
    assert sign_in(client, x_forwarded_for="198.51.100.99").status_code == 429


def test_an_account_that_does_not_exist_is_closed_alike(client, account):
    known = [fail_sign_in(Client(), 1, address=f"198.51.100.{n}").status_code for n in range(21)]
    unknown = [
        fail_sign_in(Client(), 1, username="khong-co", address=f"192.0.2.{n}").status_code
        for n in range(21)
    ]
    assert known == unknown == [200] * 20 + [429]


def test_a_disabled_account_is_closed_alike(client, account):
    account.is_active = False
    account.save()
    answers = [sign_in(Client(), address=f"198.51.100.{n}").status_code for n in range(21)]
    assert answers == [200] * 20 + [429]


def test_the_sign_in_of_private_pages_has_the_same_limits(client, account):
    for number in range(20):
        response = client.post(
            "/en/_util/login/",
            {"username": "bientap", "password": "sai"},
            REMOTE_ADDR=f"198.51.100.{number}",
        )
        assert response.status_code == 200
    assert sign_in(client).status_code == 429
    closed = client.post("/en/_util/login/", {"username": "bientap", "password": PASSWORD})
    assert closed.status_code == 429
    assert '<html lang="en"' in closed.content.decode()


def test_a_caller_without_a_request_has_the_limit_of_the_account(account):
    for _number in range(20):
        assert authenticate(username="bientap", password="sai") is None
    with pytest.raises(TooManyAttemptsError):
        authenticate(username="bientap", password=PASSWORD)


def test_the_asynchronous_way_has_the_same_limits(client, db):
    member_of("Editors", username="bientap", password=PASSWORD)
    fail_sign_in(client, 20)
    with pytest.raises(TooManyAttemptsError):
        async_to_sync(aauthenticate)(username="bientap", password=PASSWORD)


def test_a_wrong_password_is_looked_at_once(client, account, monkeypatch):
    checked = []
    monkeypatch.setattr(
        get_user_model(), "check_password", lambda user, raw: checked.append(raw) or False
    )
    fail_sign_in(client, 1)
    assert checked == ["sai-0"]


def test_a_closed_account_has_no_password_looked_at(client, account, monkeypatch):
    fail_sign_in(client, 20)
    checked = []
    monkeypatch.setattr(get_user_model(), "check_password", lambda *a: checked.append(a))
    assert sign_in(client).status_code == 429
    assert checked == []


def test_a_database_that_does_not_count_lets_nobody_guess(client, account, monkeypatch):
    checked = []
    monkeypatch.setattr(get_user_model(), "check_password", lambda *a: checked.append(a))
    client.raise_request_exception = False

    def fail_to_write(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "failedattempts" in sql:
            raise OperationalError("the database is away")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_to_write):
        assert sign_in(client).status_code == 500
    assert checked == []


def test_a_session_from_before_the_limits_stays(client, account):
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200


def test_guessing_the_old_password_in_the_account_settings_counts(client, account):
    sign_in(client)
    new = "Ruong-bac-thang-7"

    def change(old):
        passwords = {"old_password": old, "new_password1": new, "new_password2": new}
        return save_settings(client, **{f"password-{name}": v for name, v in passwords.items()})

    for number in range(5):
        assert change(f"sai-{number}").status_code == 200
    assert change(PASSWORD).status_code == 429
    reset_counters()
    assert change(PASSWORD).status_code == 302
    account.refresh_from_db()
    assert account.check_password(new)
    # The browser stays signed in and known.
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    for number in range(20):
        fail_sign_in(Client(), 1, address=f"198.51.100.{number}")
    assert sign_in(client, password=new).status_code == 302


def test_the_account_settings_are_for_members_alone(client, account):
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")
    sign_in(client)
    text = client.get("/admin/account/").content.decode()
    assert 'name="password-old_password"' in text


def test_settings_without_a_new_password_ask_for_no_old_one(client, account):
    sign_in(client)
    response = save_settings(client)
    assert response.status_code == 302
    account.refresh_from_db()
    assert account.first_name == "Hà"
    assert not FailedAttempts.objects.exists()


@pytest.mark.parametrize("username", ["x\0y", "x" * 5000, "", "' OR 1=1 --", "\u202e"])
def test_an_odd_name_is_answered_in_the_form(client, db, username):
    assert sign_in(client, username=username).status_code == 200


def test_a_member_of_no_group_is_let_in_nowhere(client, account):
    account.groups.remove(Group.objects.get(name="Editors"))
    sign_in(client)
    assert client.get("/admin/").status_code != 200
