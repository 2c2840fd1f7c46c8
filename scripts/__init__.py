"""What developers run by hand: benches, pictures for the README, checks of catalogues."""
