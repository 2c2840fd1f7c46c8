"""Chores: what the worker repeats, beside scheduled publishing and tasks.

Each room registers its own chores here, so that the worker imports no room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Chore:
    """Work in parts. `run` does one part, in a second at most, and says whether there is more."""

    run: Callable[[], bool | None]
    interval: timedelta


CHORES: list[Chore] = []


def chore(*, interval: timedelta):
    """Register a chore. It runs again at once if there is more, else after `interval`."""

    def register(function):
        CHORES.append(Chore(function, interval))
        return function

    return register
