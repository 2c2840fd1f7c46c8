"""URLs of the news in each language, in addition to the URLs of its pages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from news import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("feed/", views.feed, name="feed"),
    # Translators: the address of a topic, in plain letters
    path(pgettext_lazy("address", "topics/<slug:slug>/"), views.topic, name="topic"),
    path(
        # Translators: the address of the feed of a topic, in plain letters
        pgettext_lazy("address", "topics/<slug:slug>/feed/"),
        views.topic_feed,
        name="topic_feed",
    ),
]
