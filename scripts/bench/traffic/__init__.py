"""A benchmark of the server's load from the live count.

`make bench-visitors` runs it and writes docs/visitors.md.
"""
