"""Renditions of pictures as files: drawn before readers ask, named, and served below `/media/`."""

# Tasks that an earlier version enqueued refer to this path.
from cms.renditions.drawing import draw_renditions

__all__ = ["draw_renditions"]
