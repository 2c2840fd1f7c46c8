"""Addresses of the news beside those of its pages, in each language."""

from django.urls import path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import conditional_page

from news import views
from news.feeds import SiteFeed, TopicFeed

urlpatterns = [
    path("search/", views.search, name="search"),
    path("feed/", conditional_page(SiteFeed()), name="feed"),
    # Translators: the address of a topic, in plain letters
    path(pgettext_lazy("address", "topics/<slug:slug>/"), views.topic, name="topic"),
    path(
        # Translators: the address of the feed of a topic, in plain letters
        pgettext_lazy("address", "topics/<slug:slug>/feed/"),
        conditional_page(TopicFeed()),
        name="topic_feed",
    ),
]
