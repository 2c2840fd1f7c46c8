"""What readers may set for themselves: the size of the text and the colours.

Each setting is a group of radio buttons that the style sheet obeys by itself; `page.js` only
remembers what was chosen.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Choice:
    """One radio button; the style sheet knows it by its `value`."""

    value: str
    label: str | Promise


@dataclass(frozen=True)
class Setting:
    """A group of choices, the first of which holds until the reader takes another."""

    name: str
    label: str | Promise
    choices: tuple[Choice, ...]


TEXT_SIZE = Setting(
    "text",
    _("Text size"),
    tuple(Choice(percent, f"{percent}%") for percent in ("100", "125", "150", "200")),
)

THEME = Setting(
    "theme",
    _("Colours"),
    (
        Choice("auto", pgettext_lazy("colours", "As the device")),
        Choice("light", pgettext_lazy("colours", "Light")),
        Choice("dark", pgettext_lazy("colours", "Dark")),
        Choice("contrast", pgettext_lazy("colours", "High contrast")),
    ),
)

SETTINGS = (TEXT_SIZE, THEME)
