"""Template tags of the news."""

from django import template

from cms.seo.structured_data import json_ld_script
from news import structured_data

register = template.Library()


@register.simple_tag(takes_context=True)
def article_structured_data(context, article):
    """Return a script element with the structured data of the article."""
    data = structured_data.news_article(article, context["frame"], context["request"])
    return json_ld_script(data)
