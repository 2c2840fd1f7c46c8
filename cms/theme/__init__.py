"""The look: the style sheet, what readers may set of it, and the page on accessibility."""
