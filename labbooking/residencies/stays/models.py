"""A stay: what goes with a booking of a studio beyond its time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from equipment.models import Resource, in_language
from labbooking.bookings.models import Booking
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LINE

LONGEST_CONTRACT = 20_000
MOST_CENTS = 10_000_000
MOST_NIGHTS = 400
LEAST_KEPT_OF_STAYS = 14
MOST_KEPT_OF_STAYS = 3 * 365


class StayTerms(models.Model):
    """One version of what goes for stays: the contract's text, and the numbers that go with it.

    A version never changes; a stay goes by the one it was opened under, or the one that was signed.
    `presence_share` is `presence_of` parts of `presence_parts`. `keep_days` after the file was
    closed photos, guests and why somebody was away go. Who gives the home, whose it is and where it
    is stand on what the registry office asks for; without an owner it is who gives it.
    """

    SAID: ClassVar[tuple[str, ...]] = (
        "text_de", "text_en", "deposit_cents", "presence_of", "presence_parts", "excused_count",
        "guests_at_once", "guest_nights", "report_days", "keep_days", "giver_name",
        "giver_address", "owner_name", "owner_address", "home_address",
    )  # fmt: skip

    version = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    text_de = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_CONTRACT)])
    text_en = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_CONTRACT)])
    deposit_cents = models.PositiveIntegerField(default=0)
    presence_of = models.PositiveSmallIntegerField(default=2)
    presence_parts = models.PositiveSmallIntegerField(default=3)
    excused_count = models.BooleanField(default=False)
    guests_at_once = models.PositiveSmallIntegerField(default=1)
    guest_nights = models.PositiveSmallIntegerField(default=7)
    report_days = models.PositiveSmallIntegerField(default=30)
    keep_days = models.PositiveSmallIntegerField(default=180)
    giver_name = models.CharField(max_length=LONGEST_LINE, blank=True)
    giver_address = models.CharField(max_length=LONGEST_LINE, blank=True)
    owner_name = models.CharField(max_length=LONGEST_LINE, blank=True)
    owner_address = models.CharField(max_length=LONGEST_LINE, blank=True)
    home_address = models.CharField(max_length=LONGEST_LINE, blank=True)

    class Meta:
        verbose_name_plural = "terms of stays"
        ordering = ("version",)
        constraints = [
            models.CheckConstraint(
                condition=Q(presence_parts__gte=1, presence_of__lte=F("presence_parts")),
                name="stayterms_share",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)

    @property
    def share(self) -> tuple[int, int]:
        return self.presence_of, self.presence_parts


class Stay(models.Model):
    """The file of one booking of a studio. What the booking knows, such as whether somebody is
    here, is not said again. `person` is for whom it was opened: whoever the booking is passed on to
    reads nothing of theirs.

    `lives_in_germany` is what the resident says, for what they are told of registering.
    """

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="stay")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stays"
    )
    opened_at = models.DateTimeField()
    terms = models.ForeignKey(
        StayTerms, on_delete=models.PROTECT, null=True, blank=True, related_name="stays"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deposit_cents = models.PositiveIntegerField(null=True, blank=True)
    deposit_in_at = models.DateTimeField(null=True, blank=True)
    deposit_back_at = models.DateTimeField(null=True, blank=True)
    lives_in_germany = models.BooleanField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(terms__isnull=False, signed_by__isnull=False),
                name="stay_signed_what_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(deposit_back_at=None) | Q(deposit_in_at__isnull=False),
                name="stay_deposit_back_after_in",
            ),
        ]

    def __str__(self) -> str:
        return f"stay {self.pk}"

    @cached_property
    def rules(self) -> StayTerms:
        """What it goes by; where staff have written nothing, what is usual."""
        return self.terms or StayTerms(version=0)

    @cached_property
    def studio(self) -> Resource:
        return self.booking.named[0].resource

    @property
    def first(self) -> date:
        """The day of arrival, by the clocks of the studio."""
        return self.booking.starts_at.astimezone(self.studio.zone).date()

    @property
    def last(self) -> date:
        """The day of departure."""
        return self.booking.ends_at.astimezone(self.studio.zone).date()

    @property
    def nights(self) -> int:
        return (self.last - self.first).days

    @property
    def report_due_on(self) -> date:
        return self.last + timedelta(days=self.rules.report_days)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def deducted(self) -> int:
        return sum(each.cents for each in self.deductions.all())


class Deduction(models.Model):
    """What is kept of a deposit, and what for."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="deductions")
    reason = models.CharField(max_length=LONGEST_LINE)
    cents = models.PositiveIntegerField(validators=[MinValueValidator(1)])

    def __str__(self) -> str:
        return self.reason


class ClosingReport(models.Model):
    """What came of a stay, in the resident's words."""

    stay = models.OneToOneField(Stay, on_delete=models.CASCADE, related_name="report")
    words = models.TextField(max_length=LONGEST_DESCRIPTION)
    works = models.TextField(max_length=LONGEST_DESCRIPTION, blank=True)
    may_be_published = models.BooleanField(default=False)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report of {self.stay_id}"


class StayReminder(models.Model):
    """That something was told of a stay, for a day: of another day it is told anew."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=24)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay", "kind", "day"], name="stayreminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
