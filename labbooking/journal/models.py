"""What happened: append-only entries and the typed objects each one touches.

The database refuses UPDATE and DELETE on both tables (see `guards.py`). An entry holds no
names: people appear as random subject keys.
"""

from django.db import models


class Entry(models.Model):
    """One thing that happened. `at` is when it happened, `recorded_at` when it was written."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["at", "id"], name="entry_at"),
            models.Index(fields=["kind", "at"], name="entry_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class EntryObject(models.Model):
    """A qualified link from an entry to something it touches, named by type and key."""

    class Type(models.TextChoices):
        SUBJECT = "subject"
        RESOURCE = "resource"
        BOOKING = "booking"
        SERIES = "series"
        STUDY = "study"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="objects_touched")
    type = models.CharField(max_length=16, choices=Type.choices)
    key = models.CharField(max_length=64)
    qualifier = models.CharField(max_length=16)

    class Meta:
        default_permissions = ("view",)
        indexes = [models.Index(fields=["type", "key", "entry"], name="entryobject_type_key")]

    def __str__(self) -> str:
        return f"{self.qualifier}: {self.type} {self.key}"


class Untold(models.Model):
    """An entry nobody has been told of yet; notifications take it from here.

    Written in the entry's own transaction and removed once messages are made of it, so a
    message is neither lost nor made twice, in whatever order transactions commit.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"untold: {self.entry_id}"
