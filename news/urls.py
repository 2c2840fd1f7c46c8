"""Addresses of the news beside those of its pages, in each language."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from news import views

urlpatterns = [
    path("search/", views.search, name="search"),
    # Translators: the address of a topic, in plain letters
    path(pgettext_lazy("address", "topics/<slug:slug>/"), views.topic, name="topic"),
]
