"""The appearance: the style sheet, the readers' display settings and the accessibility page."""
