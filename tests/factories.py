"""Objects for tests, as editors would make them."""

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, Locale

from cms.models import PortalDocument, PortalImage
from cms.text.slugs import slug_from
from home.models import PlainPage
from news.models import ArticlePage, NewsIndexPage, Topic


class PictureFactory(wagtail_factories.ImageFactory):
    """A small picture with a real file."""

    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = PortalImage


class DocumentFactory(wagtail_factories.DocumentFactory):
    """A file of the library."""

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
