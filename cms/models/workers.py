"""Heartbeats of the running workers."""

from django.db import models


class WorkerSign(models.Model):
    """A worker's heartbeat, which it updates every few seconds, even during a long task."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker_id
