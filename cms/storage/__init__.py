"""Files on the disk.

An upload is stored whole or not at all, even when the disk is full. A static file has a name that
changes with its content.
"""
