"""A benchmark of the translators' board, with few and with many articles."""
