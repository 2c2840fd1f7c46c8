"""The files of pictures: what is known of one before it is decoded, and what it is called."""
