"""Uploads on their way in."""

from contextlib import contextmanager, suppress

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class TidyUploadHandler(TemporaryFileUploadHandler):
    """Removes a large upload at once that finds no room on its way, and so gives the room back."""

    def receive_data_chunk(self, raw_data, start):
        """Write the next part."""
        with self._removed_on_failure():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        """Write what is still in memory, and return the file."""
        with self._removed_on_failure():
            return super().file_complete(file_size)

    @contextmanager
    def _removed_on_failure(self):
        try:
            yield
        except OSError:
            # Closing tries to write once more.
            with suppress(OSError):
                self.upload_interrupted()
            raise
