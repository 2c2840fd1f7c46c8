"""Search that finds "thi đua" by "thi dua", because the index and the queries hold folded text."""
