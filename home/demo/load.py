"""Puts the demo content into a fresh site. Called by `manage.py load_demo`."""

import uuid
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.utils import timezone
from wagtail.models import Locale

from cms.models import PortalImage, SiteFrame
from cms.pictures import BODY_PICTURE, LEAD_PICTURE, LISTING_PICTURE
from cms.text import slug_from
from cms.visitors.models import VisitorCounter
from home.demo import site
from home.demo.articles import ARTICLES
from home.demo.articles_en import ARTICLES_EN
from home.demo.content import CaptionedImage, Heading, Paragraph, Quote, VisitorCount
from home.demo.translate import translate
from home.models import HomePage, HomePageLead, PlainPage
from news.models import ArticlePage, NewsIndexPage

PICTURES = Path(__file__).parent / "pictures"


def has_content():
    """Say whether somebody has written anything: articles, pages, pictures or a frame."""
    untouched = {"address": "", "governing_body": "", "licence": "", "telephone": ""}
    return (
        ArticlePage.objects.exists()
        or PlainPage.objects.exists()
        or PortalImage.objects.exists()
        or SiteFrame.objects.exclude(**untouched).exists()
    )


class DemoContent:
    """One loading of the demo, in the name of `user`."""

    def __init__(self, user):
        self.user = user
        self.vietnamese = Locale.objects.get(language_code="vi")
        self.english = Locale.objects.get(language_code="en")
        self.home = HomePage.objects.get(locale=self.vietnamese)
        self.counter = VisitorCounter.objects.filter(locale=self.vietnamese).first()

    def load(self):
        """Create everything; run it within a transaction."""
        self.pictures = {picture.file: self.add_picture(picture) for picture in site.PICTURES}
        self.fill_frame(self.vietnamese, site.FRAME)
        self.fill_frame(self.english, site.FRAME_EN)
        self.sections = {section.slug: self.add_section(section) for section in site.SECTIONS}
        articles = {article.key: self.add_article(article) for article in ARTICLES}
        for page in site.PLAIN_PAGES:
            self.add_plain_page(page)
        self.choose_leads(self.home, [articles[key] for key in site.LEADS])
        english = [articles[key].get_translation(self.english) for key in ARTICLES_EN]
        self.choose_leads(self.home.get_translation(self.english), english)
        self.draw_renditions(articles)

    def add_picture(self, picture):
        """Add a picture to the library."""
        with open(PICTURES / picture.file, "rb") as file:
            return PortalImage.objects.create(
                title=picture.title, file=File(file, picture.file), uploaded_by_user=self.user
            )

    def fill_frame(self, locale, content):
        """Give the frame that the migration made the names of the invented department."""
        frame = SiteFrame.objects.get(locale=locale)
        for name, value in vars(content).items():
            setattr(frame, name, value)
        frame.full_clean()
        frame.save()

    def add_section(self, content):
        """Add a section in both languages; one that is there gets its introduction only."""
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
            twin = section.get_translation(self.english)
            for page, introduction in (
                (section, content.introduction),
                (twin, english.introduction),
            ):
                page.introduction = page.introduction or introduction
                page.save_revision(user=self.user).publish(user=self.user)
        return section

    def add_article(self, content):
        """Add an article, and its translation where there is one."""
        block_ids = [str(uuid.uuid4()) for _block in content.body]
        article = ArticlePage(
            title=content.title,
            introduction=content.introduction,
            published_at=timezone.make_aware(datetime.fromisoformat(content.published_at)),
            author=content.author,
            source_name=content.source_name,
            source_url=content.source_url,
            body=self.body(content.body, block_ids),
        )
        self.publish_below(self.sections[content.section], article)
        if english := ARTICLES_EN.get(content.key):
            self.translate(
                article,
                title=english.title,
                introduction=english.introduction,
                author=english.author,
                source_name=english.source_name,
                body=self.body(english.body, block_ids),
            )
        return article

    def add_plain_page(self, content):
        """Add a plain page in both languages."""
        block_ids = [str(uuid.uuid4()) for _block in content.body]
        page = PlainPage(
            title=content.title,
            slug=content.slug,
            introduction=content.introduction,
            show_in_menus=content.show_in_menus,
            body=self.body(content.body, block_ids),
        )
        self.publish_below(self.home, page)
        english = site.PLAIN_PAGES_EN[content.slug]
        self.translate(
            page,
            title=english.title,
            introduction=english.introduction,
            body=self.body(english.body, block_ids),
        )

    def body(self, blocks, block_ids):
        """Return the raw stream of a body; translations share the ids of their blocks."""
        return [
            {"type": block_type, "value": value, "id": block_id}
            for (block_type, value), block_id in zip(
                map(self.raw_block, blocks), block_ids, strict=True
            )
        ]

    def raw_block(self, block):
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
            case CaptionedImage(picture, alt_text, caption, credit):
                image = {
                    "image": self.pictures[picture].pk,
                    "alt_text": alt_text,
                    "decorative": False,
                }
                return "image", {"image": image, "caption": caption, "credit": credit}

    def publish_below(self, parent, page):
        """Create `page` below `parent` and publish it."""
        page.owner = self.user
        parent.add_child(instance=page)
        page.save_revision(user=self.user).publish(user=self.user)

    def translate(self, page, **english):
        """Publish the English twin of `page`, made as a translator would make it."""
        english["slug"] = slug_from(english["title"])
        translate(page, self.english, english, self.user)

    def choose_leads(self, home, articles):
        """Choose the lead stories of a home page."""
        home.leads = [
            HomePageLead(article=article, sort_order=order)
            for order, article in enumerate(articles)
        ]
        home.save_revision(user=self.user).publish(user=self.user)

    def draw_renditions(self, articles):
        """Draw the sizes that the pages will ask for, so that the first visit is quick."""
        leads = {articles[key].picture_id for key in site.LEADS}
        for image in self.pictures.values():
            specs = BODY_PICTURE.filter_specs + LISTING_PICTURE.filter_specs
            if image.pk in leads:
                specs += LEAD_PICTURE.filter_specs
            image.get_renditions(*specs)
