"""Files on the disk: uploads, whole or not there at all, also when it is full; static files."""
