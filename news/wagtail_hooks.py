"""The news in the admin: topics, and what the newsroom is told when it publishes."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from news.models import ArticlePage, Topic


class TopicViewSet(SnippetViewSet):
    """Where moderators name, rename and remove topics."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "locale"]


register_snippet(TopicViewSet)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_a_posted_date_to_come(request, page):
    """Warn, without refusing, when an article is to say that it was posted in the future."""
    saved_by_itself = "application/json" in request.headers.get("Accept", "")
    if saved_by_itself or not isinstance(page, ArticlePage) or page.published_at <= timezone.now():
        return
    date = date_format(timezone.localtime(page.published_at), "DATETIME_FORMAT")
    messages.warning(
        request,
        _("The posted date of “%(title)s” is still to come: %(date)s.")
        % {"title": page.title, "date": date},
    )
