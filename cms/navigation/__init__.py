"""The ways through the site that every page shows: the menu and the languages."""
