"""Search that finds "thi đua" by "thi dua": folded text in the index, folded queries."""
