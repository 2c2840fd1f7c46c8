"""Vietnamese text: spelling, folding, slugs and sorting. Values from text: dates and keys."""
