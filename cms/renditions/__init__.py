"""The sizes of pictures as files: drawn ahead of readers, named, and served below `/media/`."""

# Tasks that an earlier version left waiting name it here.
from cms.renditions.drawing import draw_renditions

__all__ = ["draw_renditions"]
