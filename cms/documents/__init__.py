"""Documents: how they are uploaded, and who gets them."""
