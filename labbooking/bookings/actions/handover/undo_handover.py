"""Taking a hand-over or a return back, for the moment in which that can be done."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q
from django.utils.translation import gettext as _

from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.planning.unit_assignment import guarded
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.states import UNDO_HANDOVER, UNDO_WITHIN, State
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of, locked_bookings
from labbooking.bookings.transaction.offers import locked_offers, passing_on, take_back
from labbooking.bookings.transaction.preconditions import others_in_it, what_became_of
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.errors import NotAllowed, SlotTaken, WrongState
from labbooking.when import duration
from residents.models import User


def undo_handover(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Who handed it over or took it back undoes that, `UNDO_WITHIN` of doing it.

    What a return gave away is taken again, also from who was only offered it; they wait on. Raises
    `SlotTaken` where somebody was faster, or is in it by now, and then it stays given back.
    """
    booking = visible_booking(by, booking_id)
    _only_who_did_it(booking, by)
    with passing_on(allocations_of(booking), at, otherwise=_taken()):
        return _undo_handover(booking, by, at)


def _undo_handover(booking: Booking, by: User, at: datetime) -> list[Booking]:
    (booking,) = locked_bookings(booking)
    _refuse_to_undo(booking, by, at)
    if booking.state == State.IN_USE:
        change_state([booking], State.APPROVED, checked_in_at=None, handed_by=None)
        record_entries("booking.check_in_undone", [booking], by=by, at=at)
        return [booking]
    if others_in_it(booking, at):
        raise SlotTaken(_taken())
    take_back(locked_offers(_still_offered(booking)), by=by, at=at)
    _take_again(booking)
    change_state([booking], State.IN_USE, checked_out_at=None, handed_by=None)
    record_entries("booking.check_out_undone", [booking], by=by, at=at)
    return [booking]


def _taken() -> str:
    return _("Somebody else has taken the time meanwhile, so it stays given back.")


def _refuse_to_undo(booking: Booking, by: User, at: datetime) -> None:
    done_at = booking.checked_out_at or booking.checked_in_at
    if State(booking.state) not in UNDO_HANDOVER or booking.handed_by is None or done_at is None:
        raise WrongState(what_became_of(booking))
    _only_who_did_it(booking, by)
    if at > done_at + UNDO_WITHIN:
        message = _("This can be undone for {duration}; that time has passed.")
        raise WrongState(message.format(duration=duration(UNDO_WITHIN)))


def _only_who_did_it(booking: Booking, by: User) -> None:
    if booking.handed_by_id not in {None, by.pk}:
        name = booking.handed_by
        raise NotAllowed(_("{name} did this and may take it back.").format(name=name))


def _still_offered(booking: Booking) -> list[int]:
    """Offers of what the return has let go: nothing else can lie in its time."""
    offers = Booking.objects.filter(state=State.HELD, waited_for__isnull=False)
    keys: set[int] = set()
    for each in booking.allocations.all():
        span = guarded(each.rules, booking.period) if each.rules else booking.period
        there = offers.filter(
            allocations__active=True,
            allocations__resource=each.resource_id,
            allocations__guarded_from__lt=span.end,
            allocations__guarded_until__gt=each.guarded_from,
        )
        keys.update(there.values_list("pk", flat=True))
    return sorted(keys)


def _take_again(booking: Booking) -> None:
    """With the turnaround it had: what was moved under later rules may have less room than these
    would give it. The database refuses it (`IntegrityError`) where the time is somebody else's by
    now."""
    for each in Allocation.objects.filter(booking=booking, let_go_at=None).select_related("rules"):
        if each.active and each.ends_at == booking.ends_at:
            continue  # Brought back after its end, it gave nothing away.
        span = guarded(each.rules, booking.period) if each.rules else booking.period
        each.active, each.ends_at = True, booking.ends_at
        each.guarded_until = _until(each, booking, span.end)
        each.save(update_fields=["active", "ends_at", "guarded_until"])


def _until(allocation: Allocation, booking: Booking, at_most: datetime) -> datetime:
    """Until who was there before the return is next."""
    before = Allocation.objects.filter(
        Q(booking__requested_at__lt=booking.checked_out_at) | Q(closure__isnull=False),
        resource=allocation.resource_id,
        active=True,
        guarded_from__gte=booking.ends_at,
        guarded_from__lt=at_most,
    )
    following: datetime | None = before.aggregate(first=Min("guarded_from"))["first"]
    return following or at_most
