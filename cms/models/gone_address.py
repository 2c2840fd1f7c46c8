"""URLs that were public and no longer exist."""

from urllib.parse import urlsplit

from django.db import models

# Maximum number of characters of a path.
MAX_PATH_LENGTH = 1000


class GoneAddress(models.Model):
    """The path of a public page or topic that is gone. Requests for it get a 410 response.

    Rows are created when a public page is deleted, for its path and for its former paths. A row is
    also created when a topic is deleted or unpublished.

    A page that is published at this path later is found first. So the row need not be deleted.
    """

    path = models.CharField(max_length=MAX_PATH_LENGTH, unique=True)

    def __str__(self) -> str:
        return self.path

    @classmethod
    def remember(cls, address: str) -> None:
        """Save the path of `address`, unless it exists already or is longer than the column."""
        path = urlsplit(address).path
        if path and len(path) <= MAX_PATH_LENGTH:
            cls.objects.get_or_create(path=path)
