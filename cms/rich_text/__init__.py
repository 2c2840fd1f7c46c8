"""What may stand in rich text beside plain words: links, embeds, marks of language."""
