"""Vietnamese text: spelling, folding, slugs, sorting; and what is read from text: dates, keys."""
