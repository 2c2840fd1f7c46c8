"""URLs that were public and no longer exist."""

from urllib.parse import urlsplit

from django.db import models


class GoneAddress(models.Model):
    """The path of a public page or topic that is gone. Requests for it get a 410 response.

    Rows are created when a public page is deleted, for its path and for its former paths. A row is
    also created when a topic is deleted or unpublished.

    A page that is published at this path later is found first. So the row need not be deleted.
    """

    path = models.CharField(max_length=1000, unique=True)

    def __str__(self):
        return self.path

    @classmethod
    def remember(cls, address):
        """Save the path of `address`, unless it exists already or is longer than the column."""
        path = urlsplit(address).path
        if path and len(path) <= cls._meta.get_field("path").max_length:
            cls.objects.get_or_create(path=path)
