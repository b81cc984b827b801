"""When: bookings, and the allocations that take a resource's time.

An allocation is the only truth about occupancy. Whatever takes time, a booking or a closure,
is a row of `Allocation`, and the database lets no two active rows of one resource overlap.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from schedule.models import Event, Rule

from equipment.models import HouseRules, Resource, in_language
from labbooking.bookings.models.in_steps import InSteps
from labbooking.bookings.models.party import WithParty
from labbooking.bookings.models.spanning import Spanning
from labbooking.bookings.states import State, is_open_to
from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.period import Period
from residents.models import User


class Series(models.Model):
    """A recurrence: django-scheduler's Event (first date) and Rule (how it repeats)."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="series")
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="series")
    rrule = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.rrule

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Booking(WithParty, InSteps, Spanning):
    """One person's use of one or more resources for one period.

    A series is one booking for each of its dates, so that each date has a life of its own.
    What the clock has to know of the house rules it was made under (whether people help
    themselves, when it is released, when to remind of the return) is written down with it.
    `exception_reason` is why staff are asked to set rules aside, `exception_from` are their codes.
    `is_hold`: a time kept while somebody decides, never asked for; confirming asks for it.
    `kept_firmly`: it is kept for an offer, and ends with that alone (`transaction.keeping`).
    `handed_by` is who checked it in or out last, for the moment in which that can be undone.
    `nudged_at` is when the next person let its person know that they wait for the place.
    `granted_from` to `granted_until` is the time staff said yes to, once its person has moved it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=16, choices=State, default=State.REQUESTED)
    purpose = models.CharField(max_length=LONGEST_LINE, blank=True)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    requested_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    override_reason = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    exception_reason = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    exception_from = models.JSONField(default=list, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_out_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nudged_at = models.DateTimeField(null=True, blank=True)
    self_service = models.BooleanField(default=False)
    is_hold = models.BooleanField(default=False)
    kept_firmly = models.BooleanField(default=False)
    granted_from = models.DateTimeField(null=True, blank=True)
    granted_until = models.DateTimeField(null=True, blank=True)
    question = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    question_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    release_due_at = models.DateTimeField(null=True, blank=True)
    return_reminder_at = models.DateTimeField(null=True, blank=True)
    start_announced_at = models.DateTimeField(null=True, blank=True)
    return_announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at", "pk")
        indexes = [
            models.Index(fields=["starts_at", "id"], name="booking_starts"),
            models.Index(fields=["state", "starts_at"], name="booking_state_starts"),
            models.Index(fields=["person", "starts_at"], name="booking_person_starts"),
            models.Index(fields=["state", "hold_until"], name="booking_state_hold"),
            models.Index(fields=["state", "ends_at"], name="booking_state_ends"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(State.values)), name="booking_known_state"
            ),
            models.CheckConstraint(
                condition=Q(kept_firmly=False) | Q(state=State.HELD, is_hold=True),
                name="booking_kept_firmly_is_held",
            ),
        ]

    offer_missed_in_outage = False
    """Whether it is an offer whose time to confirm ran out while the house was down; known to
    bookings in detail (`queries.detailed`)."""

    def __str__(self) -> str:
        return f"booking {self.pk}"

    @property
    def held_until(self) -> datetime | None:
        """Until when its time is kept while nothing is settled yet."""
        return self.hold_until if self.state in {State.HELD, State.REQUESTED} else None

    def can_be_confirmed(self, at: datetime) -> bool:
        """While it is held; an offer that nobody could take up in time, until it begins."""
        if self.state != State.HELD or self.hold_until is None or self.kept_firmly:
            return False
        return self.hold_until > at or (self.offer_missed_in_outage and self.starts_at > at)

    def is_open_to(self, wanted: State) -> bool:
        """Whether an act may lead there; of what is kept firmly none does."""
        return not self.kept_firmly and is_open_to(self.state, wanted)

    @property
    def granted(self) -> Period | None:
        """The time staff said yes to; None where nobody had to, or nobody has yet."""
        if self.granted_from and self.granted_until:
            return Period(self.granted_from, self.granted_until)
        confirmed = self.state in {State.APPROVED, State.IN_USE}
        return self.period if confirmed and self.decided_by_id else None

    def is_over(self, at: datetime) -> bool:
        """Whether its time has passed and nobody has it any more: no act changes it then."""
        return self.ends_at <= at and self.state != State.IN_USE

    @property
    def was_not_used(self) -> bool:
        """Its time passed, and nobody had checked in (see `states.PASSED`)."""
        never_here = self.checked_in_at is None and self.checked_out_at is None
        return self.state == State.COMPLETED and never_here

    def is_asked_for_by(self, user: User) -> bool:
        """Whether somebody holds it, or made it for who does."""
        return user.pk in {self.person_id, self.made_by_id}

    @property
    def asked_back(self) -> bool:
        """Whether a question of staff waits for the person's answer."""
        return self.question_at is not None and self.answered_at is None

    @cached_property
    def not_given(self) -> list[Allocation]:
        """What was asked for and let go when staff said yes to the rest."""
        return [each for each in self.allocations.all() if each.let_go_at and not each.whole_id]

    @cached_property
    def named(self) -> list[Allocation]:
        """The allocations somebody asked for and has, without the parts a whole takes along."""
        return [each for each in self.allocations.all() if each.is_named]

    @property
    def things(self) -> list[str]:
        """What it is for, by short name."""
        return [each.resource.slug for each in self.named]


class Closure(Spanning):
    """Time in which resources cannot be booked: a holiday, maintenance, a repair."""

    key = models.SlugField(max_length=80, unique=True, null=True, blank=True)
    reason_de = models.CharField(max_length=LONGEST_LINE)
    reason_en = models.CharField(max_length=LONGEST_LINE)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> str:
        return in_language(self.reason_de, self.reason_en)


class Allocation(Spanning):
    """One resource's time, taken by a booking or a closure.

    `guarded_from` to `guarded_until` is what the database guards: the booked period with its
    turnaround. `whole` is set where a part is taken because its whole was booked. `let_go_at` is
    when staff said yes to the rest of the booking and not to this, which takes no time since.
    `rules` is the version of the house rules the allocation was made under.
    """

    SPANS: ClassVar = (*Spanning.SPANS, ("guarded_from", "guarded_until"))

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="allocations", db_index=False
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    closure = models.ForeignKey(
        Closure, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    whole = models.ForeignKey(
        Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rules = models.ForeignKey(
        HouseRules, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    guarded_from = models.DateTimeField()
    guarded_until = models.DateTimeField()
    active = models.BooleanField(default=True)
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("guarded_from", "pk")
        indexes = [
            # Finds the nearest predecessor in one step. `active` stays out: Django writes it as
            # a bare column, which SQLite does not match against an index.
            models.Index(fields=["resource", "guarded_from"], name="allocation_predecessor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="allocation_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(guarded_until__gt=F("guarded_from")), name="allocation_guards_some_time"
            ),
            models.CheckConstraint(
                condition=Q(booking__isnull=False, closure__isnull=True)
                | Q(booking__isnull=True, closure__isnull=False),
                name="allocation_of_booking_or_closure",
            ),
            models.CheckConstraint(
                condition=Q(let_go_at=None) | Q(active=False), name="allocation_let_go_is_free"
            ),
            models.CheckConstraint(
                condition=Q(whole=None) | ~Q(whole=F("resource")),
                name="allocation_of_another_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"allocation {self.pk}"

    @property
    def is_named(self) -> bool:
        """As `queries.NAMED` asks the database."""
        return self.whole_id is None and self.let_go_at is None

    @property
    def guarded(self) -> Period:
        return Period(self.guarded_from, self.guarded_until)
