"""Data about an article for machines (https://schema.org/NewsArticle)."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from cms.images.sizes import social_renditions
from cms.models import PortalRendition, SiteFrame
from cms.seo.structured_data import organization
from news.models import ArticlePage


def news_article(article: ArticlePage, frame: SiteFrame, request: HttpRequest) -> dict[str, Any]:
    """Return the article as a `NewsArticle`, published by the department that `frame` names."""
    address = article.get_full_url(request)
    publisher = organization(frame, request)
    data = {
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": address,
        "url": address,
        "inLanguage": get_language(),
        "datePublished": iso_datetime(article.published_at),
        "dateModified": iso_datetime(
            max(article.last_published_at or article.published_at, article.published_at)
        ),
        "author": {"@type": "Person", "name": article.author} if article.author else publisher,
        "publisher": publisher,
    }
    if article.description:
        data["description"] = article.description
    if pictures := social_renditions(article.picture):
        data["image"] = [image_object(picture) for picture in pictures]
    if len(article.breadcrumbs) > 1:
        data["articleSection"] = article.breadcrumbs[-1].title
    if article.source_url:
        data["isBasedOn"] = article.source_url
    return data


def image_object(rendition: PortalRendition) -> dict[str, str]:
    """Return an `ImageObject` for a picture in one of its shapes."""
    return {
        "@type": "ImageObject",
        "url": rendition.full_url,
        "width": f"{rendition.width} px",
        "height": f"{rendition.height} px",
    }


def iso_datetime(time: datetime) -> str:
    """Return a time as ISO 8601 in the time zone of the site."""
    return timezone.localtime(time).isoformat()
