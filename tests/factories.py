"""Factories of objects for tests, with the values that editors would enter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, Locale, Page

from cms.models import PortalDocument, PortalImage
from cms.text.slugs import slug_from
from home.models import PlainPage
from news.models import ArticlePage, NewsIndexPage, Topic

# The publication date from which `publish_article` calculates earlier dates.
MORNING = datetime(2020, 6, 1, 7, 24, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class PictureFactory(wagtail_factories.ImageFactory):
    """A small picture with a real file."""

    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = PortalImage


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file of the document library."""

    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = PortalDocument


class SectionFactory(wagtail_factories.PageFactory):
    """A section; give it a home page as `parent`."""

    title = factory.Sequence(lambda number: f"Chuyên mục {number}")
    slug = None

    class Meta:
        model = NewsIndexPage


class ArticleFactory(wagtail_factories.PageFactory):
    """An article; give it a section as `parent`."""

    title = factory.Sequence(lambda number: f"Bài viết {number}")
    slug = None

    class Meta:
        model = ArticlePage


class PlainPageFactory(wagtail_factories.PageFactory):
    """A plain page; give it a home page as `parent`."""

    title = factory.Sequence(lambda number: f"Trang {number}")
    slug = None

    class Meta:
        model = PlainPage


class TopicFactory(factory.django.DjangoModelFactory):
    """A published Vietnamese topic; give it a `locale` for another language."""

    name = factory.Sequence(lambda number: f"Chủ đề {number}")
    slug = factory.LazyAttribute(lambda topic: slug_from(topic.name))
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="vi"))

    class Meta:
        model = Topic


def publish_article(section, title, **age):
    """Publish an article that is older than `MORNING` by `age`, the arguments of a `timedelta`."""
    return ArticleFactory(parent=section, title=title, published_at=MORNING - timedelta(**age))


def publish_english_translation(page, title, **fields):
    """Publish the English translation of `page` and return it.

    The parents of `page` must already have an English translation.
    """
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in {"title": title, "slug": slug_from(title), **fields}.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
    return type(page).objects.get(pk=translation.pk)


def reload_page(page):
    """Return `page`, read again from the database."""
    return Page.objects.get(pk=page.pk).specific


def member_of(group_name, **fields):
    """Create a user who belongs to one group."""
    fields.setdefault("username", group_name.lower().split()[0])
    user = get_user_model().objects.create_user(**fields)
    user.groups.add(Group.objects.get(name=group_name))
    return user


def image_block(picture, *, alt_text="Mô tả", caption="", credit=""):
    """Return the raw value of a captioned picture for a body."""
    return {
        "type": "image",
        "value": {
            "image": {"image": picture.pk, "alt_text": alt_text, "decorative": False},
            "caption": caption,
            "credit": credit,
        },
    }
