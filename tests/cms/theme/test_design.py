"""The contrast of the style sheet's colours, measured as WCAG 2.2 requires."""

import re

import pytest
from django.contrib.staticfiles import finders

# Pairs of text and background.
PAIRS = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "mark"),
    ("soft", "paper"),
    ("soft", "ground"),
    ("link", "paper"),
    ("link", "ground"),
    ("on-fill", "fill"),
    ("on-fill", "fill-deep"),
    ("gold", "fill"),
    ("gold", "fill-deep"),
    ("accent", "paper"),
    ("accent", "ground"),
]

# Pairs of the outline of a control and its background.
OUTLINES = [("edge", "paper"), ("edge", "ground")]


def sheet():
    """Return the text of the style sheet."""
    with open(finders.find("cms/css/portal.css"), encoding="utf-8") as file:
        return file.read()


def tokens(block):
    """Return the custom properties that a block sets."""
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block))


def themes():
    """Return the colours of each theme as the style sheet sets them."""
    css = sheet()
    light = tokens(css[: css.index("/* 2. Themes */")])
    pairs = {
        name: (bright, dim)
        for name, bright, dim in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", css)
    }
    start = css.index(':root[data-theme="contrast"]')
    contrast = tokens(css[start : css.index("}", start)])
    return {
        "fallback": light,
        "light": {**light, **{name: pair[0] for name, pair in pairs.items()}},
        "dark": {**light, **{name: pair[1] for name, pair in pairs.items()}},
        "contrast": {**light, **contrast},
    }


def luminance(colour):
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize(
    ("theme", "least"), [("fallback", 4.5), ("light", 4.5), ("dark", 4.5), ("contrast", 7)]
)
def test_text_can_be_read(theme, least, text, ground):
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= least


@pytest.mark.parametrize(("outline", "ground"), OUTLINES)
@pytest.mark.parametrize("theme", ["fallback", "light", "dark", "contrast"])
def test_what_can_be_pressed_is_seen(theme, outline, ground):
    colours = themes()[theme]
    assert contrast(colours[outline], colours[ground]) >= 3


def test_browsers_without_light_dark_get_the_light_colours():
    colours = themes()
    assert colours["fallback"] == colours["light"]
    assert colours["dark"]["paper"] != colours["light"]["paper"]
