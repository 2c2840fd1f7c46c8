"""Information about the site and its pages for search engines and other machines."""
