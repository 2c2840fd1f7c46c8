"""The official documents of the demo: texts, and the PDF files that `render.py` makes from them."""
