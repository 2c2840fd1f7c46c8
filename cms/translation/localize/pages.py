"""The page that the present translations make, and the texts of any page."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


@dataclass(frozen=True)
class Text:
    """A text of any page: its place, its HTML, and the attributes left out of its tags, by id."""

    path: str
    html: str
    attrs: dict = field(compare=False)


def parts_of(page):
    """Return each `Text` of any page, in its order, and by its path what needs no words.

    That is the value of a `Replaceable`, the key of an object or an address.
    """
    texts, choices = [], {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            texts.append(Text(segment.path, segment.string.data, segment.attrs or {}))
        elif isinstance(segment, OverridableSegmentValue):
            choices[segment.path] = segment.data
    return texts, choices


def renamed_links(text, attrs):
    """Return the HTML of a `Text` with the ids of a source's links, whose `attrs` are given.

    Ids count the links of one text; in a translation they may stand in another order. `None` where
    the text has a link that the source has not.
    """
    names, free = {}, dict(attrs)
    for own_id, value in text.attrs.items():
        found = next((name for name, other in free.items() if other == value), None)
        if found is None:
            return None
        names[own_id] = found
        del free[found]
    soup = BeautifulSoup(text.html, "html.parser")
    for link in soup.select("a[id]"):
        link["id"] = names[link["id"]]
    return str(soup)


def build_translated_page(translation):
    """Return the page with the present translations, not saved; gaps hold the source's words."""
    source = translation.source
    return source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


def stored_source_page(translation):
    """Return the original as it was when its texts were taken, without asking the database."""
    return translation.source.as_instance()
