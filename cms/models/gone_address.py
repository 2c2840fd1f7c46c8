"""Addresses that were public and are no more."""

from urllib.parse import urlsplit

from django.db import models


class GoneAddress(models.Model):
    """The path of something that was published and then deleted: it answers 410.

    What is published there later is found first, so that no row needs to be taken back.
    """

    path = models.CharField(max_length=1000, unique=True)

    def __str__(self):
        return self.path

    @classmethod
    def remember(cls, address):
        """Keep the path of `address`, if it is not known yet."""
        path = urlsplit(address).path
        if path and len(path) <= cls._meta.get_field("path").max_length:
            cls.objects.get_or_create(path=path)
