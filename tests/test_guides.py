"""Checks that each guide says the same in both languages, and names the labels of the screen.

The markup of the guides:

- Bold is a label of the admin or of the site, in the language of the guide, as the screen shows it.
- Code is what every language has in common: addresses, keys, the ends of file names.
- “Quotes” are all other words that are not the guide's own, for example words of an article.

The guides have no other markup within a line, so no label stays unchecked.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import trans_real

DOCS = Path(settings.BASE_DIR) / "docs"

EACH_GUIDE = pytest.mark.parametrize("name", ["editors", "translators"])

# The workflow of a new portal, whose name is a part of a label.
WORKFLOW = "Duyệt bài"

# The start of a heading, a table row, a list item or a picture. The indentation of a list item
# belongs to it.
LINE_START = re.compile(r"#+ |\|| *(?:-|\d+\.) |!(?=\[)")

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CODE = re.compile(r"`[^`]+`")
QUOTE = re.compile(r"“(.+?)”", re.DOTALL)


def english(name: str) -> str:
    """Return the text of the English guide."""
    return (DOCS / f"{name}.md").read_text()


def vietnamese(name: str) -> str:
    """Return the text of the Vietnamese guide."""
    return (DOCS / f"{name}.vi.md").read_text()


def outline(text: str) -> list[str]:
    """Return the starts of all headings, table rows, list items and pictures, in their order."""
    return [start.group() for line in text.splitlines() if (start := LINE_START.match(line))]


def sections(text: str) -> list[str]:
    """Return the text below each heading, and the text before the first heading."""
    return re.split(r"^#+ .*$", text, flags=re.MULTILINE)


def found_in(text: str, markup: re.Pattern[str]) -> set[str]:
    """Return what is marked up so in `text`. A line break within it counts as a space."""
    return {" ".join(found.split()) for found in markup.findall(text)}


@cache
def labels() -> dict[str, set[str]]:
    """Return the Vietnamese labels of each English one, as the screen shows them.

    They come from the catalogue that Django merges from ours and those of the libraries. The screen
    shows names of fields with a capital letter.
    """
    with translation.override("vi"):
        catalogue = trans_real.catalog()._catalog
    found: dict[str, set[str]] = {}
    for key in catalogue.keys():  # noqa: SIM118 - iterating over it gives parts of catalogues
        # The key of a plural is a tuple. A context stands before its text.
        source = (key if isinstance(key, str) else key[0]).rpartition("\x04")[2]
        found.setdefault(on_screen(source), set()).add(on_screen(catalogue[key]))
    return found


def on_screen(text: str) -> str:
    """Return a text of a catalogue as the screen shows it."""
    return capfirst(text.replace("%(workflow_name)s", WORKFLOW))


@EACH_GUIDE
def test_both_languages_have_the_same_headings_table_rows_and_list_items(name):
    assert outline(english(name)) == outline(vietnamese(name))


@EACH_GUIDE
def test_each_language_links_to_the_other_below_its_title(name):
    assert english(name).splitlines()[2] == f"Tiếng Việt: [{name}.vi.md]({name}.vi.md)"
    assert vietnamese(name).splitlines()[2] == f"English: [{name}.md]({name}.md)"


@EACH_GUIDE
def test_the_screen_shows_each_label_of_the_english_guide(name):
    assert found_in(english(name), BOLD) - labels().keys() == set()


@EACH_GUIDE
def test_the_screen_shows_each_label_of_the_vietnamese_guide(name):
    assert found_in(vietnamese(name), BOLD) - set().union(*labels().values()) == set()


@EACH_GUIDE
def test_both_languages_name_the_same_labels_in_each_section(name):
    for ours, theirs in zip(sections(english(name)), sections(vietnamese(name)), strict=True):
        there = found_in(theirs, BOLD)
        translations = {label: labels().get(label, set()) & there for label in found_in(ours, BOLD)}
        assert all(translations.values()), translations
        assert set().union(*translations.values()) == there


@EACH_GUIDE
def test_no_label_is_in_quotes_where_it_would_not_be_checked(name):
    assert found_in(english(name), QUOTE) & labels().keys() == set()
    assert found_in(vietnamese(name), QUOTE) & set().union(*labels().values()) == set()


@EACH_GUIDE
@pytest.mark.parametrize("read", [english, vietnamese])
def test_a_guide_has_no_other_markup_within_a_line(name, read):
    plain = BOLD.sub("", CODE.sub("", read(name)))
    assert re.findall(r'[*_"]', plain) == []
