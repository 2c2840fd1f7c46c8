"""One password is checked at a time, and few requests wait for the lock."""

import fcntl
import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from django.db import connection
from django.test import Client

from cms.models import FailedAttempts
from cms.users import password_queue
from cms.users.password_queue import BusyError, password_check_lock, queue_slot
from settings import base
from tests.cms.users.sign_in import PASSWORD, sign_in
from tests.factories import member_of
from tests.portal import ROOT

# Seconds after which a test stops waiting for a thread.
WAIT = 20


class LockHolder(threading.Thread):
    """A thread that takes the lock and holds it until `end` is called."""

    def __init__(self, known=False):
        super().__init__()
        self.known = known
        self.has_lock, self.may_end = threading.Event(), threading.Event()
        self.refused = False
        self.start()

    def run(self):
        try:
            with queue_slot(self.known), password_check_lock(self.known):
                self.has_lock.set()
                self.may_end.wait(WAIT)
        except BusyError:
            self.refused = True

    def end(self):
        """Release the lock, and wait for the thread to end."""
        self.may_end.set()
        self.join(WAIT)


@pytest.fixture
def start():
    """A function that starts a `LockHolder`. All of them end with the test."""
    threads = []

    def start(**kwargs):
        threads.append(LockHolder(**kwargs))
        return threads[-1]

    yield start
    for thread in threads:
        thread.end()


def test_a_turn_is_given_back():
    for _number in range(10):
        for known in (False, True):
            with queue_slot(known), password_check_lock(known):
                pass


def test_a_turn_is_given_back_after_an_error():
    for _number in range(5):
        with (
            pytest.raises(ZeroDivisionError),
            queue_slot(known=False),
            password_check_lock(known=False),
        ):
            raise ZeroDivisionError
    with queue_slot(known=False), password_check_lock(known=False):
        pass


@pytest.mark.parametrize("known", [False, True])
def test_the_next_one_waits(start, known):
    first = start()
    assert first.has_lock.wait(WAIT)
    second = start(known=known)
    assert not second.has_lock.wait(0.2)
    first.end()
    assert second.has_lock.wait(WAIT)


def test_a_stranger_gives_up_in_the_end(start, monkeypatch):
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS", 0.01)
    first = start(known=True)
    assert first.has_lock.wait(WAIT)
    with pytest.raises(BusyError), password_check_lock(known=False):
        pass


def test_a_known_browser_waits_longer_and_gives_up_in_the_end(start, monkeypatch):
    """The threads of the process become free again, whatever keeps the file locked."""
    assert password_queue.MAX_WAIT_SECONDS < password_queue.MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS < 10
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS", 0.01)
    first = start()
    assert first.has_lock.wait(WAIT)
    with pytest.raises(BusyError), password_check_lock(known=True):
        pass


def test_a_third_stranger_does_not_wait_at_all(start, monkeypatch):
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS", WAIT)
    first = start()
    assert first.has_lock.wait(WAIT)
    start()
    until_taken(password_queue.slots_of_unknown_browsers)
    with pytest.raises(BusyError), queue_slot(known=False):
        pass


def test_a_known_browser_goes_before_strangers_who_wait_longer(start, monkeypatch):
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS", WAIT)
    # An unknown browser polls the lock now and then. Here it polls again only when `looked` is set.
    looked, sleep = threading.Event(), password_queue.time.sleep
    assert password_queue.POLL_SECONDS > 10 * password_queue.POLL_SECONDS_OF_KNOWN_BROWSERS

    def pause(seconds):
        looked.wait(WAIT) if seconds == password_queue.POLL_SECONDS else sleep(seconds)

    monkeypatch.setattr(password_queue.time, "sleep", pause)
    first = start()
    assert first.has_lock.wait(WAIT)
    stranger = start()
    until_taken(password_queue.slots_of_unknown_browsers)
    known = start(known=True)
    first.end()
    assert known.has_lock.wait(WAIT)
    assert not stranger.has_lock.is_set()
    known.end()
    looked.set()
    assert stranger.has_lock.wait(WAIT)


def until_taken(semaphore):
    """Wait until all slots of the semaphore are taken."""
    while semaphore.acquire(blocking=False):
        semaphore.release()


def test_one_thread_of_a_process_is_left_to_readers():
    with ExitStack() as stack:
        for _number in range(password_queue.QUEUE_SLOTS):
            stack.enter_context(password_queue.queue_slot(known=True))
        with pytest.raises(BusyError):
            stack.enter_context(password_queue.queue_slot(known=True))
    spec = spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    conf = module_from_spec(spec)
    spec.loader.exec_module(conf)
    assert conf.threads > password_queue.QUEUE_SLOTS


def test_strangers_leave_a_place_to_known_browsers():
    with ExitStack() as stack:
        for _number in range(password_queue.QUEUE_SLOTS_OF_UNKNOWN_BROWSERS):
            stack.enter_context(password_queue.queue_slot(known=False))
        with pytest.raises(BusyError):
            stack.enter_context(password_queue.queue_slot(known=False))
        stack.enter_context(password_queue.queue_slot(known=True))


@pytest.fixture
def other_process(settings):
    """Another process of the machine, which holds the lock."""
    code = (
        "import fcntl, os, sys, time; f = os.open(sys.argv[1], os.O_RDONLY);"
        "fcntl.flock(f, fcntl.LOCK_EX); print('locked', flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-c", code, settings.PASSWORD_LOCK_FILE], stdout=subprocess.PIPE
    )
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()


def test_all_processes_of_a_machine_take_turns(other_process, monkeypatch):
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS", 0.01)
    with pytest.raises(BusyError), password_check_lock(known=False):
        pass
    other_process.kill()
    other_process.wait()
    with password_check_lock(known=False):
        pass


def test_who_finds_no_turn_is_told_to_come_again_and_the_try_does_not_count(
    client, other_process, monkeypatch, db
):
    monkeypatch.setattr(password_queue, "MAX_WAIT_SECONDS", 0.01)
    member_of("Editors", username="bientap", password=PASSWORD)
    response = sign_in(client)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "no-store" in response["Cache-Control"]
    assert '<html lang="vi"' in response.content.decode()
    assert not FailedAttempts.objects.exists()
    other_process.kill()
    other_process.wait()
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("constant", ["MAX_WAIT_SECONDS", "MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS"])
def test_who_has_waited_for_nothing_is_told_so_and_leaves_the_place(
    client, other_process, monkeypatch, settings, db, constant
):
    member_of("Editors", username="bientap", password=PASSWORD)
    if constant == "MAX_WAIT_SECONDS_OF_KNOWN_BROWSERS":
        locked, settings.PASSWORD_LOCK_FILE = settings.PASSWORD_LOCK_FILE, ROOT / "manage.py"
        assert sign_in(client).status_code == 302
        settings.PASSWORD_LOCK_FILE = locked
        client.post("/admin/logout/")
    monkeypatch.setattr(password_queue, constant, 0.01)
    for _number in range(password_queue.QUEUE_SLOTS + 1):
        assert sign_in(client).status_code == 503
    assert not FailedAttempts.objects.exists()


def test_only_the_password_is_looked_at_in_turn(client, settings, monkeypatch, db):
    """The lock is held only while a password is checked.

    It is free during writes to the database, which may be slow.
    """
    account = member_of("Editors", username="bientap", password=PASSWORD)

    def is_free():
        file = os.open(settings.PASSWORD_LOCK_FILE, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(file)
        return True

    def look(execute, sql, *arguments):
        if FailedAttempts._meta.db_table in sql:
            while_written.append(is_free())
        return execute(sql, *arguments)

    def check_password(user, password):
        while_checked.append(is_free())
        return original(user, password)

    while_written, while_checked, original = [], [], type(account).check_password
    monkeypatch.setattr(type(account), "check_password", check_password)
    with connection.execute_wrapper(look):
        sign_in(client, password="sai")
        assert sign_in(client).status_code == 302
    assert while_checked == [False, False]
    assert len(while_written) > 4
    assert all(while_written)


def test_the_file_of_the_turn_is_there_in_production():
    assert base.PASSWORD_LOCK_FILE.is_file()
