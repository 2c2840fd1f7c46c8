"""The URLs of the desk and its actions."""

from django.urls import path

from cms.translation.views.desk import DeskView
from cms.translation.views.preview import PreviewView
from cms.translation.views.saving import SaveReplacementView, SaveSegmentView
from cms.translation.views.steps import CancelReviewView, PublishView, SubmitForReviewView

urlpatterns = [
    path("<int:translation_id>/", DeskView.as_view(), name="edit"),
    path(
        "<int:translation_id>/segments/<int:segment_id>/",
        SaveSegmentView.as_view(),
        name="save_segment",
    ),
    path(
        "<int:translation_id>/replacements/<int:replaceable_id>/",
        SaveReplacementView.as_view(),
        name="save_replacement",
    ),
    path("<int:translation_id>/preview/", PreviewView.as_view(), name="preview"),
    path("<int:translation_id>/hand-on/", SubmitForReviewView.as_view(), name="hand_on"),
    path("<int:translation_id>/take-back/", CancelReviewView.as_view(), name="take_back"),
    path("<int:translation_id>/publish/", PublishView.as_view(), name="publish"),
]
