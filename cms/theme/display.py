"""The display settings that readers may change: the size of the text and the colours.

Each setting is a group of radio buttons. The style sheet applies the choice without a script.
`display-settings.js` only remembers the choice.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class DisplayChoice:
    """One radio button. The style sheet identifies it by its `value`."""

    value: str
    label: str | Promise


@dataclass(frozen=True)
class DisplaySetting:
    """A group of choices. The first one applies until the reader chooses another one."""

    name: str
    label: str | Promise
    choices: tuple[DisplayChoice, ...]


TEXT_SIZE = DisplaySetting(
    "text",
    _("Text size"),
    tuple(DisplayChoice(percent, f"{percent}%") for percent in ("100", "125", "150", "200")),
)

THEME = DisplaySetting(
    "theme",
    _("Colours"),
    (
        DisplayChoice("auto", pgettext_lazy("colours", "As the device")),
        DisplayChoice("light", pgettext_lazy("colours", "Light")),
        DisplayChoice("dark", pgettext_lazy("colours", "Dark")),
        DisplayChoice("contrast", pgettext_lazy("colours", "High contrast")),
    ),
)

SETTINGS = (TEXT_SIZE, THEME)
