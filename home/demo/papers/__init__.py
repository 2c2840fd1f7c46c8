"""The official documents of the demo: their texts, and the files that `render.py` makes of them."""
