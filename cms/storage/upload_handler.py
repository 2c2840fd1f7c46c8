"""The handler that receives large uploads."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class TidyUploadHandler(TemporaryFileUploadHandler):
    """Handler that deletes a large upload at once if the disk becomes full while it arrives.

    This frees the space on the disk.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the next chunk."""
        with self._removed_on_failure():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Write the data that is still in memory, and return the file."""
        with self._removed_on_failure():
            return super().file_complete(file_size)

    @contextmanager
    def _removed_on_failure(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            # Closing the file tries to write once more.
            with suppress(OSError):
                self.upload_interrupted()
            raise
