"""Signs of life of what runs beside the web processes."""

from django.db import models


class Heartbeat(models.Model):
    """When a part of the house last showed that it works."""

    class Part(models.TextChoices):
        WORKER = "worker"
        BEAT = "beat"
        BACKUP = "backup"

    part = models.CharField(max_length=16, primary_key=True, choices=Part)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.part} {self.at:%Y-%m-%d %H:%M}"
