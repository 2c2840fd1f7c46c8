"""What developers run beside the site: benches, pictures for the README, checks of catalogues."""
