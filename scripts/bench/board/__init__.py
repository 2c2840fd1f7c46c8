"""How fast the board of translations is, with few articles and with many."""
