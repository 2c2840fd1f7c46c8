"""What the site stores about wrong passwords, for how long, and how an operator resets it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.models import FailedAttempts
from cms.users import attempts
from cms.users.attempts import (
    ACCOUNT,
    BROWSER,
    CLIENT_NETWORK,
    SECONDS_PER_HOUR,
    TooManyAttemptsError,
    record_attempt,
    sweep,
)
from tests.cms.users.sign_in import (
    HERE,
    PASSWORD,
    close_account,
    close_address,
    fail_sign_in,
    sign_in,
)
from tests.factories import member_of

pytestmark = pytest.mark.django_db


def test_a_row_holds_the_failures_of_its_time_alone(clock):
    for number in range(60):
        record_attempt(
            [ACCOUNT.counter_for(f"ten-{number}")], recorded=[CLIENT_NETWORK.counter_for(HERE)]
        )
    clock.pass_minutes(61)
    record_attempt([ACCOUNT.counter_for("bientap")], recorded=[CLIENT_NETWORK.counter_for(HERE)])
    assert len(FailedAttempts.objects.get(key=CLIENT_NETWORK.counter_for(HERE).key).moments) == 1


def test_a_try_that_is_only_recorded_opens_no_closed_door(clock):
    account = ACCOUNT.counter_for("bientap")
    for _number in range(20):
        record_attempt([account])
    for number in range(30):
        record_attempt([BROWSER.counter_for(number)], recorded=[account]).forget()
        with pytest.raises(TooManyAttemptsError):
            record_attempt([account])


def test_failures_beyond_the_limit_keep_the_door_closed_for_as_long(clock):
    account = ACCOUNT.counter_for("bientap")
    for _number in range(20):
        record_attempt([account])
    clock.pass_minutes(10)
    for number in range(20):
        record_attempt([BROWSER.counter_for(number)], recorded=[account])
    with pytest.raises(TooManyAttemptsError) as closed:
        record_attempt([account])
    assert closed.value.seconds == SECONDS_PER_HOUR


def test_names_that_were_made_up_are_gone_an_hour_later(clock):
    for number in range(30):
        record_attempt([ACCOUNT.counter_for(f"ten-{number}")])
    assert FailedAttempts.objects.count() == 30
    clock.pass_minutes(61)
    record_attempt([ACCOUNT.counter_for("bientap")])
    assert FailedAttempts.objects.count() == 1


def test_a_write_removes_many_rows_and_not_all_there_may_be(clock, monkeypatch):
    monkeypatch.setattr(attempts, "SWEEP_BATCH_SIZE", 10)
    for number in range(30):
        record_attempt([ACCOUNT.counter_for(f"ten-{number}")])
    clock.pass_minutes(61)
    record_attempt([ACCOUNT.counter_for("bientap")])
    assert FailedAttempts.objects.count() == 21
    sweep()
    assert FailedAttempts.objects.count() == 1


def test_an_hour_after_the_last_try_nothing_of_an_address_is_kept(clock):
    record_attempt([CLIENT_NETWORK.counter_for(HERE)])
    clock.pass_minutes(59)
    sweep()
    assert FailedAttempts.objects.exists()
    clock.pass_minutes(2)
    sweep()
    assert not FailedAttempts.objects.exists()


def test_a_refused_try_writes_nothing(clock):
    for _number in range(20):
        record_attempt([ACCOUNT.counter_for("bientap")])
    with pytest.raises(TooManyAttemptsError):
        record_attempt([ACCOUNT.counter_for("bientap"), CLIENT_NETWORK.counter_for(HERE)])
    assert FailedAttempts.objects.count() == 1


def test_it_is_told_how_long_the_oldest_failure_counts(clock):
    record_attempt([ACCOUNT.counter_for("bientap")])
    clock.pass_minutes(10)
    for _number in range(19):
        record_attempt([ACCOUNT.counter_for("bientap")])
    with pytest.raises(TooManyAttemptsError) as closed:
        record_attempt([ACCOUNT.counter_for("bientap")])
    assert closed.value.seconds == SECONDS_PER_HOUR - 600


@pytest.mark.parametrize("name", ["x\0y", "x" * 100_000, "", "\ud800", "Đặng Thị Hà"])
def test_any_name_can_be_counted(name):
    record_attempt([ACCOUNT.counter_for(name)]).forget()
    assert not FailedAttempts.objects.exists()


def test_names_are_told_apart_as_django_does():
    keys = {
        ACCOUNT.counter_for(name).key for name in ("bientap", "Bientap", "bientap ", "bien\0tap")
    }
    assert len(keys) == 4
    assert ACCOUNT.counter_for("203.0.113.1").key != CLIENT_NETWORK.counter_for("203.0.113.1").key


def lift_limits(*arguments):
    """Run the operator's command, and return its output."""
    output = StringIO()
    call_command("lift_limits", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def locked_out_account():
    """A locked account and a locked IP address."""
    member_of("Editors", username="bientap", password=PASSWORD)
    close_account()
    close_address()


def test_the_command_lifts_every_limit(locked_out_account):
    known = Client()
    lift_limits()
    sign_in(known)
    fail_sign_in(known, 5)
    assert sign_in(known).status_code == 429
    assert "forgotten" in lift_limits()
    assert not FailedAttempts.objects.exists()
    assert sign_in(known).status_code == 302


def test_the_command_lifts_the_limit_of_one_account(locked_out_account):
    lift_limits("--account", "bientap")
    assert sign_in(Client(), address="192.0.2.1").status_code == 302
    assert sign_in(Client()).status_code == 429


def test_the_command_lifts_the_limits_of_one_address(locked_out_account):
    lift_limits("--address", HERE)
    assert fail_sign_in(Client(), 1, username="ai-do").status_code == 200
    assert sign_in(Client()).status_code == 429


def test_the_command_lifts_both_together(locked_out_account):
    lift_limits("--address", HERE, "--account", "bientap")
    assert sign_in(Client()).status_code == 302


def test_the_command_takes_any_address_of_an_ipv6_network():
    record_attempt([CLIENT_NETWORK.counter_for("2001:db8:0:1::")])
    lift_limits("--address", "2001:db8:0:1::7")
    assert not FailedAttempts.objects.exists()


def test_the_command_names_what_is_no_address():
    record_attempt([CLIENT_NETWORK.counter_for(HERE)])
    with pytest.raises(CommandError, match="203.0.113"):
        lift_limits("--address", "203.0.113")
    assert FailedAttempts.objects.exists()
