"""Who waits for a time that is taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from labbooking.bookings.models.booking import Booking
from labbooking.bookings.models.spanning import Spanning
from labbooking.lengths import LONGEST_LINE


class Waiting(Spanning):
    """Somebody waits for a time that is taken. `resources`, `types` and `people` are as in a
    `BookingSpec`; who would take part and the group it would belong to are those it named.

    When the time frees, the person who has waited longest gets a booking in state `held`.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("place on the waiting list", "waiting")
        OFFERED = "offered", pgettext_lazy("place on the waiting list", "your turn")
        TAKEN = "taken", pgettext_lazy("place on the waiting list", "booked")
        LAPSED = "lapsed", pgettext_lazy("place on the waiting list", "lapsed")
        LEFT = "left", pgettext_lazy("place on the waiting list", "left")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="waits"
    )
    resources = models.JSONField(default=list, blank=True)
    types = models.JSONField(default=dict, blank=True)
    purpose = models.CharField(max_length=LONGEST_LINE, blank=True)
    people = models.PositiveSmallIntegerField(default=0)
    participants = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    group = models.ForeignKey(
        "bookings.BookingGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(max_length=16, choices=Status, default=Status.WAITING)
    joined_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    booking = models.OneToOneField(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="waited_for"
    )

    class Meta:
        ordering = ("joined_at", "pk")
        indexes = [models.Index(fields=["state", "starts_at"], name="waiting_state_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="waiting_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"waiting {self.pk}"
