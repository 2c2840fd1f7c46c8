"""Demo content of the portal: an invented department of an invented province."""
