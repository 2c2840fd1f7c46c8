"""Settings of the site. Environment variables are read only here."""
