"""Pictures: what is known of a file before it is decoded, upload, alt text, sizes in the layout."""
