"""Pictures: checks before a file is decoded, upload, alt text, and sizes in the layout."""
