"""Tests for the chores that the worker repeats, which several packages register."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from cms.operations import chores, worker
from cms.renditions.renaming import rename_due_renditions
from cms.users.attempts import sweep

NOW = timezone.now()
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def registered(monkeypatch):
    """An empty list of chores, in place of those of the portal."""
    monkeypatch.setattr(worker, "CHORES", found := [])
    monkeypatch.setattr(chores, "CHORES", found)
    return found


def test_the_chores_of_all_rooms_are_known_to_the_worker():
    assert {chore.run for chore in worker.CHORES} == {
        rename_due_renditions,
        sweep,
        worker.delete_old_records,
    }


def test_a_chore_is_called_at_each_turn_while_there_is_more_and_rests_then(registered):
    answers, called = iter([True, True, False, False]), []

    @chores.chore(interval=A_MINUTE)
    def count():
        called.append(1)
        return next(answers)

    portal_worker = worker.PortalWorker()
    assert [portal_worker.run_chores(NOW) for _turn in range(4)] == [True, True, False, False]
    assert len(called) == 3
    portal_worker.run_chores(NOW + A_MINUTE - timedelta(seconds=1))
    assert len(called) == 3
    portal_worker.run_chores(NOW + A_MINUTE)
    assert len(called) == 4


def test_one_that_rests_keeps_no_other_from_its_turn(registered):
    called = []

    @chores.chore(interval=A_MINUTE)
    def done():
        called.append("done")

    @chores.chore(interval=A_MINUTE)
    def endless():
        called.append("endless")
        return True

    portal_worker = worker.PortalWorker()
    assert portal_worker.run_chores(NOW)
    assert portal_worker.run_chores(NOW)
    assert called == ["done", "endless", "endless"]


def test_one_that_fails_is_logged_and_keeps_no_other_from_its_turn(registered, caplog):
    called = []

    @chores.chore(interval=A_MINUTE)
    def fail():
        called.append("fail")
        raise ValueError("This chore fails")

    @chores.chore(interval=A_MINUTE)
    def do():
        called.append("do")

    portal_worker = worker.PortalWorker()
    assert not portal_worker.run_chores(NOW)
    assert not portal_worker.run_chores(NOW)
    assert called == ["fail", "do"]
    assert "This chore fails" in caplog.text
    portal_worker.run_chores(NOW + A_MINUTE)
    assert called == ["fail", "do"] * 2


def test_a_database_that_is_away_is_no_fault_of_a_chore(registered):
    called = []

    @chores.chore(interval=A_MINUTE)
    def ask():
        called.append(1)
        raise OperationalError("The database is away")

    portal_worker = worker.PortalWorker()
    for _turn in range(2):
        with pytest.raises(OperationalError):
            portal_worker.run_chores(NOW)
    assert len(called) == 2
