"""The building blocks of the demo texts: plain data classes that do not use Django."""

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
    """A gallery of several pictures."""

    title: str
    pictures: tuple[CaptionedImage, ...]


@dataclass(frozen=True)
class Quote:
    """A quotation and the name of its speaker."""

    text: str
    attribution: str


@dataclass(frozen=True)
class VisitorCount:
    """The live visitor count at this place in the text."""


@dataclass(frozen=True)
class Callout:
    """A box beside the text; ``kind`` is "note" or "important"."""

    kind: str
    title: str
    html: str


@dataclass(frozen=True)
class Table:
    """A table with rows of plain text. The first row is the header."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OfficialDocument:
    """An issued document: its file in ``documents/``, and the data that identify it.

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
class TopicContent:
    """A topic that articles of any section can have in common."""

    slug: str
    name: str
    description: str


@dataclass(frozen=True)
class SectionContent:
    """A section of the portal, which contains articles."""

    slug: str
    title: str
    introduction: str


@dataclass(frozen=True)
class ArticleContent:
    """One news article; ``section`` and ``topics`` are slugs of the Vietnamese objects."""

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
class PlainPageContent:
    """A page outside the sections, such as the contact page."""

    slug: str
    title: str
    introduction: str
    show_in_menus: bool
    body: tuple[Block, ...]


@dataclass(frozen=True)
class FrameContent:
    """The texts in the header and the footer about the portal and its owner."""

    site_name: str
    governing_body: str
    address: str
    telephone: str
    email: str
    person_responsible: str
    licence: str


@dataclass(frozen=True)
class DocumentText:
    """The text of an official document, which is printed in the prescribed form.

    ``file`` is its name in ``documents/``; ``issue_date`` is an ISO date; ``paragraphs`` are HTML.
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
    def title(self) -> str:
        """The title of the document in the library."""
        return f"{self.kind} {self.number}: {self.subject}"
