"""Wrong passwords of the last hour."""

from django.db import models


class FailedAttempts(models.Model):
    """When wrong passwords were entered for one account, from one address or in one browser.

    The key is a keyed hash: neither a name nor an address can be read from it. A row is of no use
    once `expires_at` has passed, and is removed (`cms.users.attempts.sweep`).
    """

    key = models.CharField(max_length=64, primary_key=True)
    # Seconds since the epoch, oldest first.
    moments = models.JSONField(default=list)
    expires_at = models.FloatField(db_index=True)

    def __str__(self):
        return self.key
