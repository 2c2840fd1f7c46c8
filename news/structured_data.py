"""What machines read of an article (https://schema.org/NewsArticle)."""

from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Site

from cms.pictures import SOCIAL_PICTURE


def news_article(article, frame, request):
    """Return the article as a `NewsArticle`, published by the department that `frame` names."""
    address = article.get_full_url(request)
    root_url = Site.find_for_request(request).root_url
    publisher = {
        "@type": "GovernmentOrganization",
        "name": frame.site_name,
        "url": f"{root_url}/",
        "logo": {"@type": "ImageObject", "url": root_url + static("cms/icon.svg")},
    }
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "mainEntityOfPage": address,
        "url": address,
        "inLanguage": get_language(),
        "datePublished": moment(article.published_at),
        "dateModified": moment(
            max(article.last_published_at or article.published_at, article.published_at)
        ),
        "author": {"@type": "Person", "name": article.author} if article.author else publisher,
        "publisher": publisher,
    }
    if article.description:
        data["description"] = article.description
    if article.picture:
        data["image"] = [SOCIAL_PICTURE.rendition(article.picture).full_url]
    if len(article.breadcrumbs) > 1:
        data["articleSection"] = article.breadcrumbs[-1].title
    if article.source_url:
        data["isBasedOn"] = article.source_url
    return data


def moment(time):
    """Return a time as ISO 8601 with the zone of the site."""
    return timezone.localtime(time).isoformat()
