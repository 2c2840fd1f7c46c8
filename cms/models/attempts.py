"""Wrong passwords of the last hour."""

from django.db import models


class FailedAttempts(models.Model):
    """The times of wrong passwords for one account, from one IP address or in one browser.

    The key is a keyed hash, so it reveals neither a user name nor an IP address. A row has no use
    after `expires_at` and is deleted (`cms.users.attempts.sweep`).
    """

    key = models.CharField(max_length=64, primary_key=True)
    # Seconds since the epoch, oldest first.
    moments = models.JSONField(default=list)
    expires_at = models.FloatField(db_index=True)

    def __str__(self) -> str:
        return self.key
