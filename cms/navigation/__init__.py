"""The navigation that every page shows: the menu and the languages."""
