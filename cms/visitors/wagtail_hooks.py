"""The counter under Snippets."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.visitors.models import VisitorCounter


class VisitorCounterViewSet(SnippetViewSet):
    """How editors find and word the counter."""

    model = VisitorCounter
    icon = "group"
    list_display = ["name", "wording", "locale"]


register_snippet(VisitorCounterViewSet)
