"""Vietnamese text and what is read from it: spelling, folding, slugs, sorting, dates."""
