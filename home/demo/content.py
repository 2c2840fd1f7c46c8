"""The building blocks that the demo texts are written in: plain data, free of Django."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """One drawn picture: its file in ``pictures/`` and its title in the image library."""

    file: str
    title: str


@dataclass(frozen=True)
class Heading:
    """A heading inside a text."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Rich text: one or several paragraphs, or lists."""

    html: str


@dataclass(frozen=True)
class CaptionedImage:
    """A picture in the text, with its description, caption and credit."""

    picture: str
    alt_text: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Quote:
    """A quotation and who said it."""

    text: str
    attribution: str


@dataclass(frozen=True)
class VisitorCount:
    """The place of the live visitor count."""


Block = Heading | Paragraph | CaptionedImage | Quote | VisitorCount


@dataclass(frozen=True)
class Section:
    """A section of the portal, holding articles."""

    slug: str
    title: str
    introduction: str


@dataclass(frozen=True)
class Article:
    """One news article; ``section`` is the slug of its section in Vietnamese."""

    key: str
    section: str
    title: str
    introduction: str
    published_at: str
    author: str
    source_name: str
    source_url: str
    body: tuple[Block, ...]


@dataclass(frozen=True)
class PlainPage:
    """A page outside the sections, such as the contact page."""

    slug: str
    title: str
    introduction: str
    show_in_menus: bool
    body: tuple[Block, ...]


@dataclass(frozen=True)
class Frame:
    """What the header and the footer say about the portal and its owner."""

    site_name: str
    governing_body: str
    address: str
    telephone: str
    email: str
    person_responsible: str
    licence: str
