"""The news in the admin: topics, and a warning about a posted date in the future."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from news.models import ArticlePage, Topic


class TopicViewSet(SnippetViewSet):
    """The admin views of topics. Moderators create and rename them; administrators remove them."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "locale"]


register_snippet(TopicViewSet)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_future_posted_date(request: HttpRequest, page: Page) -> None:
    """Warn if the posted date of an article is in the future, but do not reject the article."""
    saved_by_itself = "application/json" in request.headers.get("Accept", "")
    if saved_by_itself or not isinstance(page, ArticlePage) or page.published_at <= timezone.now():
        return
    date = date_format(timezone.localtime(page.published_at), "DATETIME_FORMAT")
    messages.warning(
        request,
        _("The posted date of “%(title)s” is still to come: %(date)s.")
        % {"title": page.title, "date": date},
    )
