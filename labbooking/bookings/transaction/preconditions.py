"""What every action asks before it writes: is it open to this person, what stands against it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from labbooking.bookings.availability.slots import suggestions_for
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.planning.obstacles import PlanClashes, PlanIsEmpty, PlanRefused
from labbooking.bookings.planning.planner import DatePlan, Plan
from labbooking.bookings.queries import in_use_by_others
from labbooking.bookings.rules.overrides import in_one_line, refuse, set_aside
from labbooking.bookings.rules.usage_rules import gone, still_in_use, still_out
from labbooking.bookings.states import WITH_A_PARTY, State
from labbooking.bookings.transaction.locks import locked_bookings
from labbooking.errors import NotAllowed, Refusal, SlotTaken, WrongState
from labbooking.when import when
from residents.models import User

DATES_NAMED = 5
"""So many dates of a series are named in one sentence."""


def may_request(by: User, person: User) -> None:
    """Raises `NotAllowed` where `by` does not book for this person."""
    if not by.may_book or (by != person and not by.is_lab_staff):
        raise NotAllowed(_("Bookings are made by the people who work here, for themselves."))
    if not person.may_book:
        raise NotAllowed(_("{name} cannot hold bookings.").format(name=person))


@contextmanager
def guarded_transaction(otherwise: str = "") -> Iterator[None]:
    """One transaction, all or nothing; where the database's guard says no, `SlotTaken`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "allocation_no_overlap" not in str(error):
            raise
        raise SlotTaken(otherwise or _("Somebody else was faster.")) from error


@contextmanager
def spec_transaction(spec: BookingSpec, at: datetime) -> Iterator[None]:
    """A guarded transaction that plans and writes a spec; a clash is told with its ways on, once
    all locks are given back.

    They are made from what was looked up for the plan; where only the database's guard said no,
    somebody came in beside the locks, and it is looked up anew.
    """
    try:
        with guarded_transaction():
            yield
    except SlotTaken as clash:
        if not spec.rrule:
            known = clash.plan.demand if isinstance(clash, PlanClashes) else demand_for(spec)
            clash.suggestions = suggestions_for(known, spec.period, at=at, party=spec.party_size)
        raise


def dates_to_book(
    plan: Plan,
    spec: BookingSpec,
    by: User,
    *,
    also: Sequence[Refusal] = (),
    as_exception: bool = False,
) -> tuple[list[DatePlan], list[str]]:
    """The dates to be written, and the codes of what staff set aside.

    What they could set aside does not stand against an exception, which they are asked for. `also`
    is what stands beside the rules, as where something that is asked has no answer.
    """
    standing, overridden = set_aside(plan.refusals, by, spec.override_reason)
    if as_exception:
        standing = [refusal for refusal in standing if not refusal.overridable]
    standing += also
    if plan.clashes:
        raise PlanClashes(plan, _what_is_taken(plan), standing)
    if not plan.booked:
        raise PlanIsEmpty(plan, _("Every date is left out, so there is nothing to book."))
    if standing:
        raise PlanRefused(plan, in_one_line(standing), standing)
    return list(plan.booked), overridden


def _what_is_taken(plan: Plan) -> str:
    """Of a series, the first dates that are taken are named."""
    if len(plan.dates) == 1:
        return " ".join(clash.message for clash in plan.clashes)
    taken = [date for date in plan.booked or plan.dates if date.clashes]
    zone = plan.demand.zone
    return " ".join(
        _("{time}: {sentences}").format(
            time=when(date.period, zone, at=plan.at),
            sentences=" ".join(clash.message for clash in date.clashes),
        )
        for date in taken[:DATES_NAMED]
    )


def open_to(booking: Booking, wanted: State, scope: Scope = Scope.ONE) -> list[Booking]:
    """The bookings of a scope that may become what is wanted, locked, the named one first.

    Raises `WrongState`, saying what became of it, if the named one may not.
    """
    bookings = locked_bookings(booking, scope)
    if not bookings[0].is_open_to(wanted):
        raise WrongState(what_became_of(bookings[0]))
    return [booking for booking in bookings if booking.is_open_to(wanted)]


def open_dates(booking: Booking, wanted: State, at: datetime, scope: Scope) -> list[Booking]:
    """As `open_to`, without the dates that are over, which no act changes whatever its scope.

    A named one that is over stands for the dates of the scope that are left. Raises `WrongState`
    where there is none, and `Refused` for a yes to what has passed.
    """
    named, *others = locked_bookings(booking, scope)
    left = [each for each in others if not each.is_over(at) and each.is_open_to(wanted)]
    if named.is_over(at) and left:
        return left
    if not named.is_open_to(wanted):
        raise WrongState(what_became_of(named))
    if not named.is_over(at):
        return [named, *left]
    if wanted is State.APPROVED:
        refuse([Refusal("in_the_past", _("That time has already passed."))])
    raise WrongState(it_is_over())


def dates_with_a_party(booking: Booking, at: datetime, scope: Scope) -> list[Booking]:
    """The bookings of a scope to which people may still come along, locked, the named one first.

    Raises `WrongState`, saying what became of it, if the named one is none of them.
    """
    named, *others = locked_bookings(booking, scope)
    if named.is_over(at):
        raise WrongState(it_is_over())
    if named.state not in WITH_A_PARTY:
        raise WrongState(what_became_of(named))
    return [
        named,
        *(each for each in others if each.state in WITH_A_PARTY and not each.is_over(at)),
    ]


def refuse_what_is_gone(bookings: Iterable[Booking]) -> None:
    """Raises `WrongState` where nobody could have, or hand over, what would be confirmed."""
    said = list(dict.fromkeys(no for each in bookings for no in gone(each)))
    if said:
        raise WrongState(in_one_line(said), refusals=tuple(said))


def others_in_it(booking: Booking, at: datetime) -> list[Refusal]:
    """What is handed over has to be brought back first; where people help themselves, a place is
    free once the other's time ends, whether they check out or not.

    It holds as long as what the booking takes is locked.
    """
    blocking = _told_once(in_use_by_others(booking))
    if not booking.self_service:
        return still_out(blocking)
    return still_in_use([each for each in blocking if each.ends_at > at], at)


def _told_once(blocking: list[Allocation]) -> list[Allocation]:
    """A part in the way is told only where the whole that took it along is not in the way too."""
    named = {each.booking_id for each in blocking if each.is_named}
    return [each for each in blocking if each.is_named or each.booking_id not in named]


def it_is_over() -> str:
    return _("This date is over, and what is over stays as it is.")


def what_became_of(booking: Booking) -> str:
    if booking.kept_firmly:
        return _("This time is kept for an offer: it is taken or let go where that is answered.")
    state = State(booking.state).label
    if booking.decided_by and booking.state in {State.APPROVED, State.DECLINED}:
        message = _("{name} has already decided: {state}.")
        return message.format(name=booking.decided_by, state=state)
    return _("That is no longer possible. The booking is: {state}.").format(state=state)


def only_staff(by: User) -> None:
    if not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff can do that."))
