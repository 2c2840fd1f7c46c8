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
class Gallery:
    """Several pictures together."""

    title: str
    pictures: tuple[CaptionedImage, ...]


@dataclass(frozen=True)
class Quote:
    """A quotation and who said it."""

    text: str
    attribution: str


@dataclass(frozen=True)
class VisitorCount:
    """The place of the live visitor count."""


@dataclass(frozen=True)
class Callout:
    """A box beside the text; ``kind`` is "note" or "important"."""

    kind: str
    title: str
    html: str


@dataclass(frozen=True)
class Table:
    """Rows of plain text, the first of them the header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OfficialDocument:
    """A document that was issued: its file in ``papers/``, and what it is called by.

    ``issue_date`` is an ISO date.
    """

    file: str
    number: str
    issue_date: str
    issuing_body: str
    abstract: str


@dataclass(frozen=True)
class Related:
    """Links to articles that were posted earlier, by key."""

    title: str
    articles: tuple[str, ...]


Block = (
    Heading
    | Paragraph
    | CaptionedImage
    | Gallery
    | Quote
    | Callout
    | Table
    | OfficialDocument
    | Related
    | VisitorCount
)


@dataclass(frozen=True)
class Topic:
    """What articles of any section have in common."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class Section:
    """A section of the portal, holding articles."""

    slug: str
    title: str
    introduction: str


@dataclass(frozen=True)
class Article:
    """One news article; ``section`` and ``topics`` are slugs of the Vietnamese ones."""

    key: str
    section: str
    title: str
    introduction: str
    published_at: str
    author: str
    source_name: str
    source_url: str
    body: tuple[Block, ...]
    topics: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Paper:
    """The text of an official document, to be set in the prescribed form.

    ``file`` is its name in ``papers/``; ``issue_date`` is an ISO date; ``paragraphs`` are HTML.
    """

    file: str
    kind: str
    number: str
    issue_date: str
    subject: str
    paragraphs: tuple[str, ...]
    signer_role: str
    signer: str

    @property
    def title(self):
        """What the library calls the document."""
        return f"{self.kind} {self.number}: {self.subject}"
