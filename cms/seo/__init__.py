"""What search engines and other machines are told of the site and its pages."""
