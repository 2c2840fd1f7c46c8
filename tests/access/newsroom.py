"""A site with content of all kinds: drafts, private pages, a review, both languages.

Each page that some roles may not know of contains a secret word, in its title and its texts. A
screen that contains the word reveals the page.
"""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Task,
    UploadedFile,
    Workflow,
)

from cms.models import PortalDocument, PortalImage, SiteFrame
from cms.translation import drafts, localize
from cms.translation.models import GlossaryTerm
from cms.visitors.models import VisitorCounter
from home.models import HomePage
from news.models import ArticlePage, ArticleTopic, NewsIndexPage
from tests.factories import (
    ArticleFactory,
    DocumentFactory,
    PictureFactory,
    SectionFactory,
    TopicFactory,
    image_block,
    member_of,
)
from tests.privacy import restrict

# All ids are above this number. A wrong thousands separator shows only in numbers from 1,000.
MANY = 1_000_000

GROUPS = {
    "translator": "Translators (English)",
    "editor": "Editors",
    "moderator": "Moderators",
    "administrator": "Administrators",
}

ROLES = ("anonymous", *GROUPS, "superuser")

# Secret words, with the roles that must not see them because they have no right to the page.
SECRETS = {
    "qavietdraft": {"anonymous", "translator"},
    "qavietreview": {"anonymous", "translator"},
    "qavietwithdrawn": {"anonymous", "translator"},
    "qavietprivate": {"anonymous", "translator"},
    "qavietclosed": {"anonymous", "translator"},
    "qavietguarded": {"anonymous", "translator"},
    "qavietsection": {"anonymous", "translator"},
    "qavietgroup": {"anonymous", "translator"},
    "qavietcorrection": {"anonymous", "translator"},
    "qaenglishdraft": {"anonymous", "editor"},
    "qaenglishprivate": {"anonymous", "editor"},
    "qaenglishoffered": {"anonymous", "editor"},
    "qaprivatetranslation": {"anonymous", "editor"},
}


@dataclass
class Newsroom:
    """The people, pages and other objects of the site, by name."""

    people: dict = field(default_factory=dict)
    pages: dict = field(default_factory=dict)
    other_objects: dict = field(default_factory=dict)


def create_newsroom() -> Newsroom:
    """Create the whole site in a database that was migrated and is otherwise empty."""
    newsroom = Newsroom()
    newsroom.people = {role: member_of(group, username=role) for role, group in GROUPS.items()}
    newsroom.people["superuser"] = get_user_model().objects.create_superuser("superuser")
    newsroom.people["colleague"] = member_of("Editors", username="colleague")
    add_other_objects(newsroom)
    add_vietnamese_pages(newsroom)
    add_english_pages(newsroom)
    return newsroom


@contextmanager
def ids_after(number):
    """Make every table give its next row an id above `number`, on SQLite and on PostgreSQL.

    PostgreSQL does not roll back a sequence with the transaction, so this function restores it.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            tables = connection.introspection.table_names()
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [(table, number) for table in tables],
            )
            yield
            return
        cursor.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value"
            " FROM pg_sequences WHERE schemaname = current_schema()"
        )
        before = cursor.fetchall()
        cursor.executemany("SELECT setval(%s, %s)", [(name, number) for name, _last in before])
    yield
    with connection.cursor() as cursor:
        cursor.executemany(
            "SELECT setval(%s, %s, %s)",
            [(name, last or 1, last is not None) for name, last in before],
        )


def add_other_objects(newsroom):
    """Create the objects that are not pages."""
    editor = newsroom.people["colleague"]
    vietnamese = Locale.objects.get(language_code="vi")
    topic = TopicFactory(name="Thi đua")
    topic.save_revision(user=editor).publish()
    collection = Collection.get_first_root_node().add_child(name="Ảnh của phòng")
    picture, document = PictureFactory(title="Sân trường"), DocumentFactory(title="Biểu mẫu")
    home = HomePage.objects.get(locale=vietnamese)
    newsroom.other_objects = {
        "picture": picture,
        "document": document,
        "collection": collection,
        "topic": topic,
        "term": GlossaryTerm.objects.create(
            locale=Locale.objects.get(language_code="en"),
            source="Sở Nội vụ",
            translation="Department of Home Affairs",
        ),
        "frame": SiteFrame.objects.get(locale=vietnamese),
        "counter": VisitorCounter.objects.get(locale=vietnamese),
        "redirect": Redirect.objects.create(old_path="/cu", redirect_page=home),
        "site": Site.objects.get(),
        "locale": Locale.objects.get(language_code="en"),
        "workflow": Workflow.objects.get(),
        "task": Task.objects.get(),
        "group": editor.groups.get(),
        "user": editor,
        "failed_task": DBTaskResult.objects.create(
            task_path="cms.renditions.drawing.draw_renditions",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="background",
            status="FAILED",
            finished_at=NOW,
        ),
        "uploaded_picture": create_pending_upload(PortalImage, editor),
        "uploaded_document": create_pending_upload(PortalDocument, editor),
    }


def create_pending_upload(model, user):
    """Create an uploaded file whose form is not complete yet."""
    return UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(model),
        file=ContentFile(b"%PDF-", "tep.pdf"),
        uploaded_by_user=user,
    )


def add_vietnamese_pages(newsroom):
    """Create the originals, all written by the user `colleague`."""
    author, pages = newsroom.people["colleague"], newsroom.pages
    pages["home"] = HomePage.objects.get(locale__language_code="vi")
    section = pages["section"] = NewsIndexPage.objects.get(locale__language_code="vi")
    topic = newsroom.other_objects["topic"]
    published = pages["published"] = article(
        section, "Khai giảng năm học mới", author, picture=newsroom.other_objects["picture"]
    )
    published.article_topics = [ArticleTopic(topic=topic, sort_order=0)]
    published.save()
    publish(published)
    changed = pages["changed"] = publish(article(section, "Kế hoạch thi đua", author))
    pages["english_changed"] = create_translation(
        changed, newsroom.other_objects["locale"], "Emulation plan"
    )
    changed.title = "Kế hoạch qavietcorrection"
    changed.introduction = "Sửa thành qavietcorrection."
    changed.save_revision(user=author)
    draft = pages["draft"] = article(section, "Nháp qavietdraft", author, live=False)
    draft.save_revision(user=author)
    review = pages["review"] = article(section, "Chờ qavietreview", author, live=False)
    review.save_revision(user=author)
    review.get_workflow().start(review, author)
    withdrawn = pages["withdrawn"] = article(section, "Rút qavietwithdrawn", author)
    publish(withdrawn).unpublish(user=newsroom.people["moderator"])
    pages["private"] = publish(article(section, "Kín qavietprivate", author))
    restrict(pages["private"], "password", password="mật khẩu của trang")
    pages["group"] = publish(article(section, "Nhóm qavietgroup", author))
    restrict(pages["group"], "groups", newsroom.people["moderator"].groups.get())
    guarded = SectionFactory(parent=pages["home"], title="Nội bộ qavietsection", owner=author)
    publish(guarded)
    pages["guarded"] = publish(article(guarded, "Trong qavietguarded", author))
    restrict(guarded, "password", password="mật khẩu của mục")
    pages["guarded_section"] = guarded


def add_english_pages(newsroom):
    """Create the translations: published, in progress, submitted for review, private."""
    author, pages = newsroom.people["colleague"], newsroom.pages
    translator = newsroom.people["translator"]
    english = newsroom.other_objects["locale"]
    pages["english_home"] = HomePage.objects.get(locale=english)
    pages["english_section"] = NewsIndexPage.objects.get(locale=english)
    pages["english"] = create_translation(pages["published"], english, "The school year begins")
    drafted = publish(article(pages["section"], "Bài sẽ dịch", author))
    pages["english_draft"] = create_translation(
        drafted, english, "Draft qaenglishdraft", live=False
    )
    offered = publish(article(pages["section"], "Bài đã dịch", author))
    offered = create_translation(offered, english, "Offered qaenglishoffered", live=False)
    offered.get_workflow().start(offered, translator)
    pages["english_review"] = offered
    original = publish(article(pages["section"], "Bài có bản dịch kín", author))
    pages["english_private"] = create_translation(original, english, "Private qaenglishprivate")
    restrict(pages["english_private"], "password", password="password of the page")
    # The original is rewritten and made private. The translation must then be private, too,
    # although nobody restricted the translation itself.
    original = publish(article(pages["section"], "Bài sẽ đóng", author))
    pages["translation_of_private_page"] = create_translation(
        original, english, "Translation qaprivatetranslation"
    )
    restrict(original, "password", password="mật khẩu của bản gốc")
    original.title = original.introduction = "Đóng qavietclosed"
    pages["closed"] = publish(original)
    translation = localize.translation_of(pages["english"])
    task = pages["review"].current_workflow_task_state
    newsroom.other_objects |= {
        "translation": translation,
        "translation_of_changed": localize.translation_of(pages["english_changed"]),
        "translation_of_draft": localize.translation_of(pages["english_draft"]),
        "translation_of_private": localize.translation_of(pages["translation_of_private_page"]),
        "source": translation.source,
        "segment": translation.source.stringsegment_set.first(),
        "overridable": translation.source.overridablesegment_set.first(),
        "task_state": task,
        "workflow_state": task.workflow_state,
        "revision": pages["published"].latest_revision,
        "restriction": PageViewRestriction.objects.filter(page=pages["private"]).get(),
        "session": EditingSession.objects.create(
            user=author, content_object=Page.objects.get(pk=pages["draft"].pk), last_seen_at=NOW
        ),
    }


NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def article(parent, title, author, picture=None, live=True) -> ArticlePage:
    """Create an article in which every text contains the title."""
    body = [{"type": "paragraph", "value": f"<p>Nội dung: {title}.</p>"}]
    if picture:
        body.append(image_block(picture, caption=f"Chú thích: {title}"))
    return ArticleFactory(
        parent=parent,
        title=title,
        introduction=f"Sapô: {title}.",
        body=json.dumps(body),
        owner=author,
        live=live,
        published_at=NOW,
    )


def publish(page):
    """Publish the current content of the page, and return the page."""
    page.save_revision(user=page.owner).publish()
    page.refresh_from_db()
    return page


def create_translation(page, locale, title, live=True):
    """Translate each text of `page` as `title`, and publish the translation or save a draft."""
    translation = localize.start(page, locale, user=None)
    for segment in localize.segments(translation):
        localize.save_string(translation, segment, title, None)
    if live:
        drafts.publish(translation, None)
    else:
        drafts.save_draft(translation, None)
    return localize.target_of(translation)
