"""Uploaded files on the disk, whole or not there at all, also when the disk is full."""
