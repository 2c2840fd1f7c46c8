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
    rest: timedelta


CHORES: list[Chore] = []


def chore(*, rest: timedelta):
    """Register a function as a chore. It runs again at once if there is more, else after `rest`."""

    def register(function):
        CHORES.append(Chore(function, rest))
        return function

    return register
