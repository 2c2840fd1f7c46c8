"""Template tags of the news."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from cms.seo.structured_data import json_ld_script
from news import structured_data
from news.models import ArticlePage

register = template.Library()


@register.simple_tag(takes_context=True)
def article_structured_data(context: Context, article: ArticlePage) -> SafeString:
    """Return a script element with the structured data of the article."""
    data = structured_data.news_article(article, context["frame"], context["request"])
    return json_ld_script(data)
