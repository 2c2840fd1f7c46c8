"""What the worker does again and again, beside what is due and what waits.

A room that has something to do registers it here, so that the worker needs to know no room.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Chore:
    """A piece of work. `run` does a part of it, of a second at most, and says if there is more."""

    run: Callable[[], bool | None]
    rest: timedelta


CHORES: list[Chore] = []


def chore(*, rest: timedelta):
    """Register a function as a chore: called again at once if there is more, else after `rest`."""

    def register(function):
        CHORES.append(Chore(function, rest))
        return function

    return register
