"""Sections and articles."""

from news.models.article import ArticlePage
from news.models.section import NewsIndexPage

__all__ = ["ArticlePage", "NewsIndexPage"]
