"""Chores: the work that the worker repeats, in addition to scheduled publishing and tasks.

Each package registers its own chores here, so that the worker imports none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

# The function of a chore, which does one part of it.
Run = TypeVar("Run", bound=Callable[[], bool | None])


@dataclass(frozen=True)
class Chore:
    """Repeated work, divided into parts.

    `run` does one part in at most a second, and returns whether there is more.
    """

    run: Callable[[], bool | None]
    interval: timedelta


CHORES: list[Chore] = []


def chore(*, interval: timedelta) -> Callable[[Run], Run]:
    """Register a chore.

    It runs again at once if there is more to do, otherwise after `interval`.
    """

    def register(function: Run) -> Run:
        CHORES.append(Chore(function, interval))
        return function

    return register
