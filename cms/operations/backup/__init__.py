"""One archive that holds a whole site: database and media, with a manifest that proves both."""
