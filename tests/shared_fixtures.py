"""Fixtures whose rows are created once for consecutive tests, because creating them is slow.

`@shared_fixture` makes a fixture of a function that creates rows. The rows stay in an open
transaction as long as consecutive tests request them. pytest-django runs each test in a savepoint
inside this transaction, and rolls the savepoint back. Before a test that does not request the rows,
the transaction is rolled back. So no test sees rows that it did not request, and the order of the
tests changes only their duration.

The function may request only other shared fixtures, because it runs before all other fixtures. It
returns a row, or rows in a dictionary, a list, a tuple or an object of the tests. Each test gets
these rows anew from the database. If the function yields, it continues before the rollback.

pytest has no public way to ask which fixtures a test requests, so this module reads the private
attribute `_fixtureinfo` of a test.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from functools import partial
from inspect import Parameter, Signature, isgeneratorfunction, signature
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model


def shared_fixture(build: Callable | None = None, *, autouse: bool = False) -> Callable:
    """Make a fixture of `build`. Consecutive tests share the rows that it creates."""
    if build is None:
        return partial(shared_fixture, autouse=autouse)

    def fetch(shared_rows, **_requested):
        return reload_rows(shared_rows.values[build])

    requested = ["shared_rows", "db", *signature(build).parameters]
    fetch.__signature__ = Signature([Parameter(name, Parameter.KEYWORD_ONLY) for name in requested])
    fetch.__doc__ = build.__doc__
    fetch.build = build
    return pytest.fixture(name=build.__name__, autouse=autouse)(fetch)


def builders_for(item: pytest.Item) -> list[Callable]:
    """Return the functions of the shared fixtures that a test requests, dependencies first."""
    definitions = item._fixtureinfo.name2fixturedefs
    builders = []

    def collect(name):
        build = name in definitions and getattr(definitions[name][-1].func, "build", None)
        if build and build not in builders:
            for requested in signature(build).parameters:
                collect(requested)
            builders.append(build)

    for name in item.fixturenames:
        collect(name)
    if builders and (
        item.get_closest_marker("django_db")
        or {"transactional_db", "live_server"}.intersection(item.fixturenames)
    ):
        pytest.fail("A shared fixture works only with the fixture db, not with a django_db mark.")
    return builders


class SharedRows:
    """The rows that consecutive tests share, each set in a transaction inside the previous one."""

    def __init__(self, blocker):
        self.blocker = blocker
        self.values = {}
        self.transactions = []

    def keep_only(self, builders: list[Callable]):
        """Roll back the last sets of rows until the rest is the beginning of `builders`."""
        while list(self.values) != builders[: len(self.values)]:
            self.values.popitem()
            with self.blocker.unblock():
                self.transactions.pop().close()

    def create(self, builders: list[Callable]):
        """Create the missing rows of `builders`, and roll back all rows of other builders."""
        self.keep_only(builders)
        for build in builders[len(self.values) :]:
            with self.blocker.unblock(), ExitStack() as steps:
                steps.enter_context(rolled_back_transaction())
                arguments = {name: self.rows_of(name) for name in signature(build).parameters}
                if isgeneratorfunction(build):
                    self.values[build] = steps.enter_context(contextmanager(build)(**arguments))
                else:
                    self.values[build] = build(**arguments)
                self.transactions.append(steps.pop_all())

    def rows_of(self, name: str) -> Any:
        """Return the rows of the shared fixture `name` anew from the database."""
        for build, value in self.values.items():
            if build.__name__ == name:
                return reload_rows(value)
        raise LookupError(f"A shared fixture requests {name}, which is no shared fixture.")


@contextmanager
def rolled_back_transaction() -> Iterator[None]:
    """Roll back all changes of the block to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def reload_rows(value: Any) -> Any:
    """Return `value` with all its rows read anew from the database."""
    if isinstance(value, Model):
        return type(value)._base_manager.get(pk=value.pk)
    if isinstance(value, dict):
        return {key: reload_rows(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(reload_rows(each) for each in value)
    if type(value).__module__.startswith("tests."):
        same = copy(value)
        vars(same).update(reload_rows(vars(value)))
        return same
    return value
