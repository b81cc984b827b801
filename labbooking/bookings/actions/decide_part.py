"""Staff approve a part of a request: some of its dates, or some of its things."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.approved_time import UNGRANTED
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import State
from labbooking.bookings.transaction.answers import answer_step, theirs_to_answer
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import (
    only_staff,
    open_dates,
    refuse_what_is_gone,
)
from labbooking.bookings.transaction.state_changes import change_state, reset_clockwork
from labbooking.errors import Malformed, WrongState
from residents.models import User


def approve_part(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    keep: Collection[str] | None = None,
    dates: Collection[int] | None = None,
    reason: str = "",
    step: int | None = None,
) -> list[Booking]:
    """Staff say yes to some things (`keep`, slugs) and, of a series, some dates (`dates`, keys).

    The rest is declined with the reason, and its time is free again; None means all of them.
    Returns what was decided, what was confirmed first. Steps are gone through as by `approve`; some
    things alone are confirmed at the last one, and until then they stay together.
    """
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with passing_on(allocations_of(booking, Scope.ALL), at, may_be_undone=True):
        return _approve_part(booking, by, at, keep, dates, reason, step)


def _approve_part(
    booking: Booking,
    by: User,
    at: datetime,
    keep: Collection[str] | None,
    dates: Collection[int] | None,
    reason: str,
    step: int | None,
) -> list[Booking]:
    open_ = open_dates(booking, State.APPROVED, at, Scope.ALL)
    waiting = theirs_to_answer(open_, booking, by, at, step=step)
    _refuse_what_is_not_asked_for(waiting, keep, dates)
    yes = [each for each in waiting if dates is None or each.pk in dates]
    no = [each for each in waiting if each not in yes]
    unwanted = _unwanted(yes, keep)
    _refuse_nothing_or_silence(yes, keep, reason, said_no=bool(no or unwanted))
    last = answer_step(yes, is_yes=True, by=by, at=at, words=reason)
    on = [each for each in yes if each not in last]
    if unwanted and on:
        raise WrongState(
            _("What is asked for stays together until the last step. Decline it, or approve all.")
        )
    decision: dict[str, Any] = {"decided_by": by, "decided_at": at, **UNGRANTED}
    change_state(last, State.APPROVED, **decision, reason=reason.strip() if unwanted else "")
    if unwanted:
        last = _let_go(last, unwanted, at)
        refuse([no for each in last for no in over_capacity(_things(each), each.party_size)])
    refuse_what_is_gone([*last, *on])
    let_go = {"let_go": sorted(unwanted)} if unwanted else {}
    record_entries("booking.approved", last, by=by, at=at, **let_go)
    _say_no(no, bool(last), reason, decision)
    return [*last, *on, *no]


def _say_no(
    dates: Sequence[Booking], with_a_yes: bool, reason: str, decision: dict[str, Any]
) -> None:
    """One mail tells both, where others are confirmed in the same act."""
    if not dates:
        return
    by, at = decision["decided_by"], decision["decided_at"]
    answer_step(dates, is_yes=False, by=by, at=at, words=reason)
    change_state(dates, State.DECLINED, **decision, reason=reason.strip())
    told = {"told_with_the_yes": True} if with_a_yes else {}
    record_entries("booking.declined", dates, by=by, at=at, **told)


def _refuse_what_is_not_asked_for(
    waiting: Sequence[Booking], keep: Collection[str] | None, dates: Collection[int] | None
) -> None:
    slugs = {each.resource.slug for booking in waiting for each in booking.named}
    keys = {booking.pk for booking in waiting}
    if not slugs.issuperset(keep or ()) or not keys.issuperset(dates or ()):
        raise WrongState(_("The request has changed meanwhile. Please look at it again."))


def _unwanted(bookings: Sequence[Booking], keep: Collection[str] | None) -> set[str]:
    slugs = {each.resource.slug for booking in bookings for each in booking.named}
    return set() if keep is None else slugs.difference(keep)


def _refuse_nothing_or_silence(
    yes: Sequence[Booking], keep: Collection[str] | None, reason: str, *, said_no: bool
) -> None:
    wanted = ({each.resource.slug for each in booking.named} for booking in yes)
    if not yes or (keep is not None and any(slugs.isdisjoint(keep) for slugs in wanted)):
        raise Malformed(_("Nothing would be left to approve. Decline the request instead."))
    if said_no and not reason.strip():
        raise Malformed(
            _("Say why you cannot approve all of it, so that the person knows what to do next.")
        )


def _things(booking: Booking) -> list[Resource]:
    return [each.resource for each in booking.named]


def _let_go(bookings: Sequence[Booking], unwanted: Collection[str], at: datetime) -> list[Booking]:
    """Free the time of some things; what the clock has to know follows from what is left."""
    things = Q(whole=None, resource__slug__in=unwanted) | Q(whole__slug__in=unwanted)
    of_these = Allocation.objects.filter(things, booking__in=bookings)
    of_these.update(active=False, let_go_at=at)
    return reset_clockwork(bookings)
