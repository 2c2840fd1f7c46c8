"""Loader of the demo content into a new site. `manage.py load_demo` calls it."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.models import PortalDocument, PortalImage, SiteFrame
from cms.text.slugs import slug_from
from cms.translation.models import GlossaryTerm
from cms.visitors.models import VisitorCounter
from home.demo import site
from home.demo.articles import ARTICLES, ARTICLES_EN
from home.demo.content import (
    ArticleContent,
    Block,
    Callout,
    CaptionedImage,
    DocumentText,
    FrameContent,
    Gallery,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    PlainPageContent,
    Quote,
    Related,
    SectionContent,
    Table,
    TopicContent,
    VisitorCount,
)
from home.demo.documents.texts import DOCUMENT_TEXTS
from home.demo.glossary import TERMS, TermContent
from home.demo.translate import translate
from home.models import HomePage, HomePageLead, PlainPage
from news.models import ArticlePage, ArticleTopic, NewsIndexPage, Topic

PICTURES = Path(__file__).parent / "pictures"
DOCUMENTS = Path(__file__).parent / "documents"

# The raw value of a block in a stream or of an item in a list: its type, value and id.
RawBlock = dict[str, object]


def has_content() -> bool:
    """Return whether the site has any content: pages, files, topics, terms or an edited frame."""
    untouched = {"address": "", "governing_body": "", "licence": "", "telephone": ""}
    return (
        ArticlePage.objects.exists()
        or PlainPage.objects.exists()
        or PortalImage.objects.exists()
        or PortalDocument.objects.exists()
        or Topic.objects.exists()
        or GlossaryTerm.objects.exists()
        or SiteFrame.objects.exclude(**untouched).exists()
    )


def lacks_first_objects() -> bool:
    """Return whether somebody deleted an object that `migrate` creates and the demo fills."""
    return any(
        not {"vi", "en"} <= set(model.objects.values_list("locale__language_code", flat=True))
        for model in (HomePage, SiteFrame, VisitorCounter)
    )


class DemoLoader:
    """Loads the demo content once, in the name of `user`."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        self.vietnamese = Locale.objects.get(language_code="vi")
        self.english = Locale.objects.get(language_code="en")
        self.home = HomePage.objects.get(locale=self.vietnamese)
        self.counter = VisitorCounter.objects.filter(locale=self.vietnamese).earliest("pk")

    def load(self) -> None:
        """Create all demo content. Call this within a transaction."""
        self.pictures = {picture.file: self.add_picture(picture) for picture in site.PICTURES}
        self.documents = {document.file: self.add_document(document) for document in DOCUMENT_TEXTS}
        self.fill_frame(self.vietnamese, site.FRAME)
        self.fill_frame(self.english, site.FRAME_EN)
        for term in TERMS:
            self.add_term(term)
        self.topics = {topic.slug: self.add_topic(topic) for topic in site.TOPICS}
        self.sections = {section.slug: self.add_section(section) for section in site.SECTIONS}
        self.articles = {}
        # Oldest first, because an article may link to earlier articles.
        for article in reversed(ARTICLES):
            self.articles[article.key] = self.add_article(article)
        for page in site.PLAIN_PAGES:
            self.add_plain_page(page)
        self.choose_leads(self.home, [self.articles[key] for key in site.LEADS])
        english = [self.articles[key].get_translation(self.english) for key in site.LEADS_EN]
        self.choose_leads(self.home.get_translation(self.english), english)
        for key, introduction in site.CORRECTIONS.items():
            self.correct(self.articles[key], introduction)

    def add_picture(self, picture: Picture) -> PortalImage:
        """Add a picture to the library."""
        with open(PICTURES / picture.file, "rb") as file:
            return PortalImage.objects.create(
                title=picture.title, file=File(file, picture.file), uploaded_by_user=self.user
            )

    def add_document(self, document: DocumentText) -> PortalDocument:
        """Add an official document to the library."""
        with open(DOCUMENTS / document.file, "rb") as file:
            return PortalDocument.objects.create(
                title=document.title, file=File(file, document.file), uploaded_by_user=self.user
            )

    def add_term(self, content: TermContent) -> None:
        """Add an official name and its English translation to the glossary."""
        term = GlossaryTerm(locale=self.english, **vars(content))
        term.full_clean()
        term.save()

    def add_topic(self, content: TopicContent) -> Topic:
        """Add a topic in both languages."""
        english = site.TOPICS_EN[content.slug]
        topic = Topic(locale=self.vietnamese, **vars(content))
        translation = Topic(
            locale=self.english, translation_key=topic.translation_key, **vars(english)
        )
        for each in (topic, translation):
            each.full_clean()
            each.save()
            each.save_revision(user=self.user).publish(user=self.user)
        return topic

    def fill_frame(self, locale: Locale, content: FrameContent) -> None:
        """Fill the frame from the migration with the names of the invented department."""
        frame = SiteFrame.objects.get(locale=locale)
        for name, value in vars(content).items():
            setattr(frame, name, value)
        frame.full_clean()
        frame.save()

    def add_section(self, content: SectionContent) -> NewsIndexPage:
        """Add a section in both languages. An existing section gets an introduction only."""
        english = site.SECTIONS_EN[content.slug]
        section = NewsIndexPage.objects.child_of(self.home).filter(slug=content.slug).first()
        if section is None:
            section = NewsIndexPage(
                title=content.title,
                slug=content.slug,
                introduction=content.introduction,
                show_in_menus=True,
            )
            self.publish_below(self.home, section)
            self.translate(section, title=english.title, introduction=english.introduction)
        else:
            translation = section.get_translation(self.english)
            for page, introduction in (
                (section, content.introduction),
                (translation, english.introduction),
            ):
                page.introduction = page.introduction or introduction
                page.save_revision(user=self.user).publish(user=self.user)
        return section

    def add_article(self, content: ArticleContent) -> ArticlePage:
        """Add an article, and its English translation if it has one."""
        article = ArticlePage(
            title=content.title,
            introduction=content.introduction,
            published_at=timezone.make_aware(datetime.fromisoformat(content.published_at)),
            author=content.author,
            source_name=content.source_name,
            source_url=content.source_url,
            body=self.body(content.body),
        )
        article.article_topics = [
            ArticleTopic(topic=self.topics[slug], sort_order=position)
            for position, slug in enumerate(content.topics)
        ]
        self.publish_below(self.sections[content.section], article)
        if english := ARTICLES_EN.get(content.key):
            self.translate(
                article,
                title=english.title,
                introduction=english.introduction,
                author=english.author,
                source_name=english.source_name,
                body=self.body(english.body),
            )
        return article

    def correct(self, article: ArticlePage, introduction: str) -> None:
        """Publish `article` with another lead, which makes its translation stale."""
        article.introduction = introduction
        article.save_revision(user=self.user).publish(user=self.user)

    def add_plain_page(self, content: PlainPageContent) -> None:
        """Add a plain page in both languages."""
        page = PlainPage(
            title=content.title,
            slug=content.slug,
            introduction=content.introduction,
            show_in_menus=content.show_in_menus,
            body=self.body(content.body),
        )
        self.publish_below(self.home, page)
        english = site.PLAIN_PAGES_EN[content.slug]
        self.translate(
            page,
            title=english.title,
            introduction=english.introduction,
            body=self.body(english.body),
        )

    def body(self, blocks: Iterable[Block]) -> list[RawBlock]:
        """Return the raw stream of a body.

        An id depends on the position of its block, so translations have the same ids.
        """
        stream = []
        for position, block in enumerate(blocks):
            block_type, value = self.raw_block(block)
            stream.append({"type": block_type, "value": value, "id": block_id(position)})
        return stream

    def raw_block(self, block: Block) -> tuple[str, object]:
        """Return the type and raw value of one block."""
        match block:
            case Heading(text):
                return "heading", text
            case Paragraph(html):
                return "paragraph", html
            case Quote(text, attribution):
                return "quote", {"text": text, "attribution": attribution}
            case VisitorCount():
                return "visitor_count", self.counter.pk
            case CaptionedImage():
                return "image", self.raw_picture(block)
            case Gallery(title, pictures):
                return "gallery", {
                    "title": title,
                    "pictures": items(map(self.raw_picture, pictures)),
                }
            case Callout(kind, title, html):
                return "callout", {"kind": kind, "title": title, "text": html}
            case Table(caption, rows):
                return "table", raw_table(caption, rows)
            case OfficialDocument():
                return "document", {**vars(block), "file": self.documents[block.file].pk}
            case Related(title, articles):
                pages = items(self.articles[key].pk for key in articles)
                return "related", {"title": title, "pages": pages}

    def raw_picture(self, content: CaptionedImage) -> dict[str, object]:
        """Return the raw value of a captioned picture."""
        image = {
            "image": self.pictures[content.picture].pk,
            "alt_text": content.alt_text,
            "decorative": False,
        }
        return {"image": image, "caption": content.caption, "credit": content.credit}

    def publish_below(self, parent: Page, page: Page) -> None:
        """Create `page` below `parent` and publish it."""
        page.owner = self.user
        parent.add_child(instance=page)
        page.save_revision(user=self.user).publish(user=self.user)

    def translate(self, page: Page, **english: Any) -> None:
        """Publish the English translation of `page`, in the same way as a translator."""
        english["slug"] = slug_from(english["title"])
        translate(page, self.english, english, self.user)

    def choose_leads(self, home: HomePage, articles: Iterable[ArticlePage]) -> None:
        """Choose the lead stories of a home page."""
        home.leads = [
            HomePageLead(article=article, sort_order=order)
            for order, article in enumerate(articles)
        ]
        home.save_revision(user=self.user).publish(user=self.user)


def items(values: Iterable[object]) -> list[RawBlock]:
    """Return the raw value of a list block."""
    return [
        {"type": "item", "value": value, "id": block_id(position)}
        for position, value in enumerate(values)
    ]


def block_id(position: int) -> str:
    """Return the id of the block or item at `position`. It is the same in both languages."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(position)))


def raw_table(caption: str, rows: Iterable[Iterable[str]]) -> dict[str, object]:
    """Return the raw value of a table whose first row is the header."""
    return {
        "data": [list(row) for row in rows],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": caption,
    }
