"""Rich text: its links, embeds and language marks."""
