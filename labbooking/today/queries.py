"""What the pages of today are made of, in a handful of questions however much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    Field,
    IntegerField,
    Max,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, JSONObject

from equipment.models import HouseText, Resource, ResourceType
from labbooking.bookings.approvals.approvers import waits_for
from labbooking.bookings.groups import own_and_of_groups
from labbooking.bookings.models import Booking
from labbooking.bookings.participants import of_somebody
from labbooking.bookings.queries import REQUESTS, detailed
from labbooking.bookings.states import State
from labbooking.bookings.undecided import undecided
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.queries import offered, to_tick_off, without_giver
from labbooking.journal.models import EntryObject
from labbooking.notifications.models import Notification
from labbooking.operations.heartbeats import Part
from labbooking.operations.models import Heartbeat
from labbooking.period import DAY
from labbooking.research.models import Study
from labbooking.research.queries import studies_of
from labbooking.residencies.jury.queries import asked_to_sit, left_to_read
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import answerable
from residents.induction_requests import plain_key, unanswered
from residents.membership.models import Invitation
from residents.models import User
from residents.signin.asking.queries import waiting as asking_for_an_account
from residents.signin.recovery.actions import open_recoveries

FEW = 4
"""So many of each kind are shown; what lies behind has its own page."""


def own_bookings(person: User, at: datetime) -> list[Booking]:
    """The next few somebody has or takes part in, and the next few they or their groups wait for or
    are asked about; of a series that waits, its next date. Each knows its stay. Two queries, for
    staff three."""
    confirmed = Q(state=State.IN_USE) | Q(state=State.APPROVED, ends_at__gt=at)
    has = of_somebody(person).filter(confirmed)
    asked = own_and_of_groups(person).filter(state__in=[State.HELD, State.REQUESTED])
    dates = Booking.objects.filter(series=OuterRef("series"), state=OuterRef("state"))
    asked = asked.exclude(Exists(dates.filter(starts_at__lt=OuterRef("starts_at"))))
    shown = Q(pk__in=_first(has)) | Q(pk__in=_first(asked))
    rows = detailed(Booking.objects.filter(shown), to_decide=person.is_lab_staff)
    return list(rows.select_related("stay").order_by("starts_at", "pk"))


def _first(bookings: QuerySet[Booking]) -> QuerySet[Booking, Any]:
    return bookings.order_by("starts_at", "pk").values("pk")[: FEW + 1]


@dataclass(frozen=True, slots=True)
class Reading:
    """How much waits for somebody as a juror, and when the first of these calls is decided."""

    left: int
    decision_on: date | None
    asked: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a creative's bookings; `way_in` is what staff wrote about getting in,
    `offers` the one of a stay whose answer is due first, with no more than the name of its studio.
    """

    has_booked: bool
    way_in: HouseText | None
    offers: list[Offer]
    reading: Reading


_STUDIO_OFFERED = JSONObject(pk="pk", name_de="resource__name_de", name_en="resource__name_en")


def beside(person: User, at: datetime) -> Beside:
    """Everything in one question."""
    booked = Booking.objects.filter(person=person, is_hold=False)
    words = ("title_de", "title_en", "body_de", "body_en")
    way_in = HouseText.objects.filter(slug=HouseText.Slug.ARRIVAL)
    found = User.objects.filter(pk=person.pk).values_list(
        Exists(booked),
        Subquery(way_in.values(words=JSONObject(**{name: name for name in words}))),
        Subquery(answerable(person, at).values(told=_STUDIO_OFFERED)[:1]),
        *_reading(person),
    )
    has_booked, written, offered_stay, *rest = found[0]
    offers = [_offer(**offered_stay)] if offered_stay else []
    return Beside(has_booked, HouseText(**written) if written else None, offers, Reading(*rest))


def _offer(pk: int, **names: str) -> Offer:
    return Offer(pk=pk, resource=Resource(**names))


def reading(person: User) -> Reading:
    return Reading(*User.objects.filter(pk=person.pk).values_list(*_reading(person))[0])


def _reading(person: User) -> tuple[Combinable, ...]:
    left = left_to_read(person)
    first = _told(left, Min("juror__jury__call__decision_on"), DateField())
    return _count(left), first, _count(asked_to_sit(person))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each there is for the team to see to; told of nobody by name."""

    waiting: int
    unsettled: int
    undelivered: int
    recoveries: int
    erasures: int
    account_requests: int
    invitations: int
    invitations_over: int
    inductions_asked_for: int
    inductions: int
    inductions_begun: int
    inductions_missed: int
    next_induction_at: datetime | None
    backup_at: datetime | None
    next_arrival_at: datetime | None
    left_to_read: int
    decision_on: date | None
    asked_to_sit: int

    @property
    def reading(self) -> Reading:
        return Reading(self.left_to_read, self.decision_on, self.asked_to_sit)


def counts(person: User, after: datetime, at: datetime) -> Counts:
    """Everything in one question; `next_arrival_at` is the first one from `after` on, and
    `inductions` are those that begin until then."""
    requested = Booking.objects.filter(waits_for(person, at), state=State.REQUESTED)
    invited = Invitation.objects.filter(accepted_at=None, taken_back_at=None)
    over = Q(expires_at__lte=at) | Q(stays_until__lte=at)
    coming = Booking.objects.filter(state=State.APPROVED, starts_at__gte=after)
    shown = offered(at).filter(starts_at__lt=after)
    beats = Heartbeat.objects.filter(part=Part.BACKUP)
    found = User.objects.filter(pk=person.pk).values_list(
        _count(requested, REQUESTS),
        _count(undecided(at)),
        _count(Notification.objects.filter(laid_aside_at__isnull=False)),
        _count(open_recoveries(at)),
        _count(User.objects.filter(erasure_asked_at__isnull=False, erased_at=None)),
        _count(asking_for_an_account()),
        _count(invited.exclude(over)),
        _count(invited.filter(over)),
        _count(_waiting_for_an_induction(at), Count("asked_for", distinct=True)),
        _count(shown),
        _count(_just_begun(at)),
        _count(without_giver(at)),
        _moment(shown, Min("starts_at")),
        _moment(beats, Max("at")),
        _moment(coming, Min("starts_at")),
        *_reading(person),
    )
    return Counts(*found[0])


def _waiting_for_an_induction(at: datetime) -> QuerySet[EntryObject]:
    """Who has asked for one that house rules want, and has no place at any; once for each."""
    places = InductionPlace.objects.annotate(of_person=plain_key("person__subject_key")).filter(
        of_person=OuterRef("of_person"),
        slot__topic=OuterRef("topic"),
        slot__called_off_at=None,
        slot__ends_at__gt=at,
    )
    wanted = ResourceType.objects.filter(rules__induction=OuterRef("topic"))
    asked = unanswered(at).filter(Exists(wanted), ~Exists(places))
    return asked.annotate(asked_for=Concat("key", "topic", output_field=CharField()))


def _just_begun(at: datetime) -> QuerySet[InductionSlot]:
    """Of the last day, and nobody is ticked off yet: who is not by then has not come."""
    ticked = InductionPlace.objects.filter(slot=OuterRef("pk"), inducted_at__isnull=False)
    return to_tick_off(at).filter(~Exists(ticked), starts_at__gt=at - DAY)


def _count(rows: QuerySet[Any], what: Combinable | None = None) -> Coalesce:
    return Coalesce(_told(rows, what or Count("pk", distinct=True), IntegerField()), 0)


def _moment(rows: QuerySet[Any], which: Max | Min) -> Subquery:
    return _told(rows, which, DateTimeField())


def _told(rows: QuerySet[Model], what: Combinable, kind: Field[Any, Any]) -> Subquery:
    """Something of all rows together, as a part of another question."""
    together = rows.select_related(None).order_by().annotate(one=Value(1)).values("one")
    return Subquery(together.annotate(told=what).values("told"), output_field=kind)


def own_studies(person: User) -> QuerySet[Study]:
    """With `exported_at` and `week`: the latest export, and the latest weekly figures."""
    return studies_of(person).annotate(
        exported_at=Max("exports__made_at"), week=Max("summaries__week_start")
    )
