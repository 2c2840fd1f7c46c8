"""The page that the current translations make, and the texts of any page."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.translation.localize.fragments import Attributes


@dataclass(frozen=True)
class Text:
    """A text of any page: its path, its HTML, and attributes.

    `attrs` are the attributes that were removed from its tags, by id.
    """

    path: str
    html: str
    attrs: Attributes = field(compare=False)


def parts_of(page: Page) -> tuple[list[Text], dict[str, int | str]]:
    """Return a list of the `Text`s of any page, in page order, and a dict of values by path.

    The values are those that a `Replaceable` has: the key of an object, or an address.
    """
    texts: list[Text] = []
    choices: dict[str, int | str] = {}
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            texts.append(Text(segment.path, segment.string.data, segment.attrs or {}))
        elif isinstance(segment, OverridableSegmentValue):
            choices[segment.path] = segment.data
    return texts, choices


def renamed_links(text: Text, attrs: Attributes) -> str | None:
    """Return the HTML of a `Text` with the link ids of its source, or `None`.

    `attrs` are the attributes of the source's links, by id. Ids number the links within one text,
    and a translation may have the links in another order. The result is `None` if the text has a
    link that the source does not have.
    """
    names: dict[str, str] = {}
    free = dict(attrs)
    for own_id, value in text.attrs.items():
        found = next((name for name, other in free.items() if other == value), None)
        if found is None:
            return None
        names[own_id] = found
        del free[found]
    soup = BeautifulSoup(text.html, "html.parser")
    for link in soup.select("a[id]"):
        link["id"] = names[str(link["id"])]
    return str(soup)


def build_translated_page(translation: Translation) -> Page:
    """Return the page with the current translations, not saved.

    Segments without a translation contain the source text.
    """
    source = translation.source
    return source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)


def stored_source_page(translation: Translation) -> Page:
    """Return the original as it was when its texts were last extracted.

    This needs no database query.
    """
    return translation.source.as_instance()
