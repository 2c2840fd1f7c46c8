"""The initial content of a new site: both languages, their home pages, the site, one section."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from cms.text.sorting import sort_key

HOME_PAGES = {"vi": ("Trang chủ", "home"), "en": ("Home", "home-en")}
SECTIONS = {"vi": ("Tin tức", "tin-tuc"), "en": ("News", "news")}


def create_first_pages(apps, schema_editor):
    """Replace Wagtail's welcome page and site with the portal's own."""
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    Page.objects.filter(depth=2, slug="home").delete()

    home_key, section_key = uuid.uuid4(), uuid.uuid4()
    homes = {}
    for position, (language, (title, slug)) in enumerate(HOME_PAGES.items(), start=1):
        path = f"0001{position:04d}"
        homes[language] = create_page(
            apps, "home.HomePage", language, path, title, slug, home_key, numchild=1
        )
        section_title, section_slug = SECTIONS[language]
        create_page(
            apps,
            "news.NewsIndexPage",
            language,
            f"{path}0001",
            section_title,
            f"{slug}/{section_slug}",
            section_key,
            show_in_menus=True,
        )
    Page.objects.filter(depth=1).update(numchild=len(homes))

    address = urlsplit(settings.SITE_URL)
    Site.objects.all().delete()
    Site.objects.create(
        site_name="Cổng thông tin điện tử",
        hostname=address.hostname,
        port=address.port or {"http": 80, "https": 443}[address.scheme],
        root_page_id=homes["vi"].pk,
        is_default_site=True,
    )


def create_page(apps, model_name, language, path, title, address, key, **fields):
    """Create a live page.

    Historical models have no tree methods, so the position in the tree is set field by field.
    """
    ContentType = apps.get_model("contenttypes.ContentType")
    Locale = apps.get_model("wagtailcore.Locale")
    model = apps.get_model(model_name)
    app_label, name = model_name.lower().split(".")
    now = timezone.now()
    return model.objects.create(
        title=title,
        draft_title=title,
        title_sort_key=sort_key(title),
        slug=address.rpartition("/")[2],
        url_path=f"/{address}/",
        path=path,
        depth=len(path) // 4,
        locale=Locale.objects.get_or_create(language_code=language)[0],
        translation_key=key,
        content_type=ContentType.objects.get_or_create(app_label=app_label, model=name)[0],
        live=True,
        first_published_at=now,
        last_published_at=now,
        latest_revision_created_at=now,
        **fields,
    )


def remove_first_pages(apps, schema_editor):
    """Delete the sites, the English locale, and all pages except Wagtail's root page."""
    Page = apps.get_model("wagtailcore.Page")
    apps.get_model("wagtailcore.Site").objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.filter(depth=1).update(numchild=0)
    apps.get_model("wagtailcore.Locale").objects.filter(language_code="en").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("news", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(create_first_pages, remove_first_pages)]
