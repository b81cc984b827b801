"""Which bookings a person may see, and how lists fetch them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from equipment.models import ResourceType
from labbooking.bookings.groups import own_and_of_groups
from labbooking.bookings.models import Allocation, ApprovalStep, Approver, Booking, BookingStep
from labbooking.bookings.models.clock import fell_into_an_outage
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.participants import of_somebody, takes_part, with_party
from labbooking.bookings.states import State
from labbooking.errors import NotAllowed, NotThere
from labbooking.period import Period
from residents.models import User

NAMED = Q(whole=None, let_go_at=None)
"""The allocations that somebody asked for and has, without the parts that a whole takes along."""
_AT_STEP = Concat(
    "series", Value(" "), "waits_at", Value(" "), "steps_done", output_field=TextField()
)
REQUESTS = Count("pk", filter=Q(series=None), distinct=True) + Count(
    _AT_STEP, filter=~Q(series=None), distinct=True
)
"""How many requests some bookings are; a series is one, as far as its dates wait at the same step
(`models.in_steps.at_step`)."""
MISSED = "offer_missed_in_outage"
"""The attribute of bookings that `with_missed_offers` fills."""


def visible_bookings(person: User) -> QuerySet[Booking]:
    """Those one may act on: one's own and those of one's groups; for lab staff everybody's; for
    researchers none."""
    if person.is_lab_staff:
        return Booking.objects.all()
    if person.is_creative:
        return own_and_of_groups(person)
    return Booking.objects.none()


def seen_bookings(person: User) -> QuerySet[Booking]:
    """Those one may read: besides one's own those that one takes part in."""
    return of_somebody(person) if person.is_creative else visible_bookings(person)


def listed(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Without what was held for a moment and never asked for."""
    return bookings.filter(Q(is_hold=False) | Q(state=State.HELD))


def of_resources(bookings: QuerySet[Booking], slugs: Collection[str]) -> QuerySet[Booking]:
    """Those of which somebody asked for one of these by name, and has it."""
    named = Allocation.objects.filter(NAMED, booking=OuterRef("pk"), resource__slug__in=slugs)
    return bookings.filter(Exists(named))


def dates_of_one_answer(booking: Booking) -> list[Booking]:
    """What waits and is answered at once: of a series the dates at the same step."""
    if booking.series_id is None:
        return [booking]
    waiting = Booking.objects.filter(series=booking.series_id, state=State.REQUESTED)
    found = detailed(waiting).order_by("starts_at", "pk")
    return [each for each in found if each.at_step == booking.at_step]


def detailed(bookings: QuerySet[Booking], *, to_decide: bool = True) -> QuerySet[Booking]:
    """With everything lists and pages show: people, series and allocations, in two queries, and
    who decides at the steps where some of them wait, in one more, unless nobody reads them
    `to_decide`. How many take part is known, and who they are as soon as somebody asks
    (`participants.party_of`)."""
    allocations = Allocation.objects.select_related("resource__type", "rules").order_by("pk")
    whole = with_party(with_missed_offers(bookings)).select_related(
        "person", "decided_by", "series", "group", "waits_at"
    )
    whole = whole.prefetch_related(Prefetch("allocations", queryset=allocations))
    # Where one yes is all there is, nobody waits at a step, and its people cost no query.
    return whole.prefetch_related(who_answers("waits_at__approvers")) if to_decide else whole


def who_answers(at_steps: str) -> Prefetch[str, QuerySet[Approver], str]:
    """Who is named at the steps to which these lookups lead, by name."""
    people = Approver.objects.select_related("person").order_by("person__name", "pk")
    return Prefetch(at_steps, queryset=people)


def with_missed_offers(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Those that nobody could take up in time know it, so that they still can be."""
    is_offer = Q(Exists(Waiting.objects.filter(booking=OuterRef("pk"))), state=State.HELD)
    return bookings.annotate(**{MISSED: is_offer & Q(fell_into_an_outage("hold_until"))})


def count_requests(bookings: QuerySet[Booking]) -> int:
    return int(bookings.order_by().aggregate(count=REQUESTS)["count"])


def current_steps(types: Collection[ResourceType]) -> list[ApprovalStep]:
    """Those that new requests for these go through, in their order, with their people. Of several
    types all first steps come first."""
    steps = ApprovalStep.objects.filter(type__in=types, retired_at=None)
    steps = steps.prefetch_related(who_answers("approvers"))
    return list(steps.order_by("place", "type__order", "pk"))


def answered_steps(bookings: Iterable[Booking]) -> dict[int, list[BookingStep]]:
    """By the booking's key, in their order; of what needs one yes there is none, and no query where
    that is all there is."""
    in_steps = [each for each in bookings if each.steps]
    if not in_steps:
        return {}
    rows = BookingStep.objects.filter(booking__in=in_steps, void_at=None, answered_at__isnull=False)
    rows = rows.select_related("step", "answered_by").prefetch_related(
        who_answers("step__approvers")
    )
    told: dict[int, list[BookingStep]] = {}
    for row in rows.order_by("number"):
        told.setdefault(row.booking_id, []).append(row)
    return told


def steps_of(booking: Booking, reader: User) -> list[BookingStep]:
    """Its steps in their order with what was answered; none, and no query, where one yes is all.

    The words to whoever had it before are for staff alone.
    """
    if not booking.steps:
        return []
    rows = BookingStep.objects.filter(booking=booking, void_at=None)
    found = list(rows.select_related("step", "answered_by").order_by("number"))
    for row in found:
        if row.person_id != booking.person_id and not reader.is_lab_staff:
            row.words = ""
    return found


def what_is_offered() -> Prefetch[str, QuerySet[Booking], str]:
    """The bookings of places on the waiting list."""
    return Prefetch("booking", queryset=with_missed_offers(Booking.objects.all()))


def in_use_by_others(booking: Booking) -> list[Allocation]:
    """What others have in use of the things that a booking takes, parts of a whole included."""
    things = [each.resource_id for each in booking.allocations.all() if not each.let_go_at]
    others = Allocation.objects.filter(
        let_go_at=None, active=True, resource_id__in=things, booking__state=State.IN_USE
    )
    return list(others.exclude(booking=booking).select_related("resource").order_by("pk"))


def already_had(
    person: User, slugs: Collection[str], types: Collection[str], period: Period
) -> list[Booking]:
    """What somebody has, or has asked for, of these things or of these types at that time."""
    things = Q(resource__slug__in=slugs) | Q(resource__type__slug__in=types)
    overlap = Q(starts_at__lt=period.end, ends_at__gt=period.start)
    theirs = Allocation.objects.filter(things, overlap, booking=OuterRef("pk"), active=True)
    return list(detailed(Booking.objects.filter(Exists(theirs), person=person)).order_by("pk"))


def visible_booking(person: User, booking_id: int) -> Booking:
    """The bare row, for asking whether somebody may act on it before anything is locked.

    Raises `NotThere` for what does not exist or is not theirs, and `NotAllowed` where they only
    take part.
    """
    booking = visible_bookings(person).filter(pk=booking_id).first()
    if booking is None and takes_part(person, booking_id):
        raise NotAllowed(_("Only the person who has the booking can do that. You can leave it."))
    if booking is None:
        raise no_such_booking()
    return booking


def find_booking(person: User, booking_id: int) -> Booking:
    """A booking in detail. Raises `NotThere` for what does not exist or is not theirs."""
    booking = detailed(visible_bookings(person)).filter(pk=booking_id).first()
    if booking is None:
        raise no_such_booking()
    return booking


def read_booking(person: User, booking_id: int) -> Booking:
    """As `find_booking`, for who only wants to read it: also who takes part."""
    booking = detailed(seen_bookings(person)).filter(pk=booking_id).first()
    if booking is None:
        raise no_such_booking()
    return booking


def no_such_booking() -> NotThere:
    return NotThere(_("There is no such booking."))
