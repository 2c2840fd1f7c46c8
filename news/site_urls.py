"""URLs of the news that are the same in all languages."""

from django.contrib.sitemaps import views
from django.urls import path
from django.views.decorators.cache import cache_control

from news.sitemaps import SITEMAPS

cached = cache_control(public=True, max_age=600)

urlpatterns = [
    path(
        "sitemap.xml",
        cached(views.index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        cached(views.sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap_section",
    ),
]
