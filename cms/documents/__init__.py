"""Documents: upload, and access for the newsroom and for everybody."""
