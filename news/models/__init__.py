"""Models for sections, articles and their topics."""

from news.models.article import ArticlePage
from news.models.section import NewsIndexPage
from news.models.topic import ArticleTopic, Topic

__all__ = ["ArticlePage", "ArticleTopic", "NewsIndexPage", "Topic"]
