"""What deciding needs beyond yes and no: yes to a part, a question back, and a moment to undo.

Actions as in `actions.py`: each is one transaction, `by` is who acts, `at` is when; they raise the
errors of `errors.py`, and then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.bookings.changes import change_state
from labbooking.bookings.entries import record_entries
from labbooking.bookings.errors import Malformed, NotAllowed, Refusal, WrongState
from labbooking.bookings.granting import UNGRANTED
from labbooking.bookings.locking import allocations_of, locked_bookings
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.offering import offers_of, passing_on, take_back
from labbooking.bookings.queries import detailed, find_booking
from labbooking.bookings.settling import (
    only_staff,
    open_to,
    refuse,
    what_became_of,
)
from labbooking.bookings.states import UNDO, State
from labbooking.bookings.wish import Scope
from labbooking.bookings.writing import clockwork_of, escalation, latest_answer
from labbooking.period import HOUR
from residents.models import User

UNDO_WITHIN = timedelta(seconds=30)
LONGEST_TEXT = 500


def approve_part(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    keep: Collection[str] | None = None,
    dates: Collection[int] | None = None,
    reason: str = "",
) -> list[Booking]:
    """Staff say yes to some things (`keep`, slugs) and, of a series, some dates (`dates`, keys).

    The rest is declined with the reason, and its time is free again; None means all of them.
    Returns what was decided, what was confirmed first.
    """
    with passing_on(allocations_of(booking_id, Scope.ALL), at, may_be_undone=True):
        return _approve_part(booking_id, by, at, keep, dates, reason)


def _approve_part(
    booking_id: int,
    by: User,
    at: datetime,
    keep: Collection[str] | None,
    dates: Collection[int] | None,
    reason: str,
) -> list[Booking]:
    waiting = open_to(booking_id, State.APPROVED, by, Scope.ALL)
    only_staff(by)
    _refuse_what_is_not_asked_for(waiting, keep, dates)
    yes = [each for each in waiting if dates is None or each.pk in dates]
    no = [each for each in waiting if each not in yes]
    unwanted = _unwanted(yes, keep)
    _refuse_nothing_or_silence(yes, keep, reason, said_no=bool(no or unwanted))
    if all(each.ends_at <= at for each in yes):
        refuse([Refusal("in_the_past", _("That time has already passed."))])
    decision: dict[str, Any] = {"decided_by": by, "decided_at": at, **UNGRANTED}
    change_state(yes, State.APPROVED, **decision, reason=reason.strip() if unwanted else "")
    if unwanted:
        yes = _let_go(yes, unwanted, at)
    let_go = {"let_go": sorted(unwanted)} if unwanted else {}
    record_entries("booking.approved", yes, by=by, at=at, **let_go)
    if no:
        change_state(no, State.DECLINED, **decision, reason=reason.strip())
        record_entries("booking.declined", no, by=by, at=at, told_with_the_yes=True)
    return [*yes, *no]


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
        raise Malformed(_("Nothing would be left to say yes to. Then say no to the request."))
    if said_no and not reason.strip():
        raise Malformed(_("Say why not to all of it, so that the person knows what to do next."))


def _let_go(bookings: Sequence[Booking], unwanted: Collection[str], at: datetime) -> list[Booking]:
    """Free the time of some things; what the clock has to know follows from what is left."""
    things = Q(whole=None, resource__slug__in=unwanted) | Q(whole__slug__in=unwanted)
    of_these = Allocation.objects.filter(things, booking__in=bookings)
    of_these.update(active=False, let_go_at=at)
    return _timed_anew(bookings)


def _timed_anew(bookings: Sequence[Booking]) -> list[Booking]:
    """The bookings read again, what the clock has to know brought in line with their things."""
    keys = [booking.pk for booking in bookings]
    found = detailed(Booking.objects.filter(pk__in=keys)).in_bulk()
    for booking in found.values():
        rules = [each.rules for each in booking.named if each.rules]
        Booking.objects.filter(pk=booking.pk).update(**clockwork_of(rules, booking.period))
    return [found[key] for key in keys]


@transaction.atomic
def ask(booking_id: int, *, question: str, by: User, at: datetime) -> list[Booking]:
    """Staff ask back. The request keeps waiting, its time kept for a whole hold from now on.

    While the question is open it is the person's turn, so the request does not escalate.
    """
    question = _text(question, _("Write what you would like to know."))
    bookings = open_to(booking_id, State.DECLINED, by, Scope.ALL)
    only_staff(by)
    change_state(
        bookings,
        State.REQUESTED,
        question=question,
        question_at=at,
        answer="",
        answered_at=None,
        hold_until=_held_anew(bookings, at),
        escalate_at=None,
        escalated_at=None,
    )
    record_entries("booking.asked", bookings, by=by, at=at)
    return bookings


@transaction.atomic
def answer(booking_id: int, *, answer: str, by: User, at: datetime) -> list[Booking]:
    """The person answers, and it is staff's turn again, with a whole hold from now on."""
    answer = _text(answer, _("Write your answer."))
    bookings = open_to(booking_id, State.DECLINED, by, Scope.ALL)
    if not bookings[0].is_asked_for_by(by):
        raise NotAllowed(_("The question is for who asked for the booking."))
    if not bookings[0].asked_back:
        raise WrongState(_("There is no open question."))
    rules = [each.rules for booking in bookings for each in booking.named if each.rules]
    change_state(
        bookings,
        State.REQUESTED,
        answer=answer,
        answered_at=at,
        hold_until=_held_anew(bookings, at),
        escalate_at=escalation(rules, at),
    )
    record_entries("booking.answered", bookings, by=by, at=at)
    return bookings


def _text(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Malformed(otherwise)
    if len(text.strip()) > LONGEST_TEXT:
        raise Malformed(_("Please say it in {count} characters.").format(count=LONGEST_TEXT))
    return text.strip()


def _held_anew(bookings: Sequence[Booking], at: datetime) -> datetime:
    """Never shorter than it was held already."""
    rules = [each.rules for booking in bookings for each in booking.named if each.rules]
    first = min(bookings, key=lambda booking: booking.starts_at)
    anew = min(at + min(each.hold for each in rules), latest_answer(first.period, at))
    return max([anew, *(each.hold_until for each in bookings if each.hold_until)])


def undo_decision(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Who decided takes it back, `UNDO_WITHIN` of deciding: it waits for an answer again.

    What a no gave away is taken again, also from who was only offered it; they wait on. Raises
    `SlotTaken` where somebody was faster, and then the decision stands. With it go all dates of
    a series decided in the same act.
    """
    find_booking(by, booking_id)
    only_staff(by)
    given_up = allocations_of(booking_id, Scope.ALL)
    offers = offers_of(Booking.objects.filter(allocations__in=given_up))
    touched = Allocation.objects.filter(Q(pk__in=given_up) | Q(booking__in=offers))
    taken = _("Somebody else has taken the time meanwhile, so the decision stands.")
    with passing_on(touched, at, otherwise=taken):
        return _undo_decision(booking_id, by, at)


def _undo_decision(booking_id: int, by: User, at: datetime) -> list[Booking]:
    bookings = locked_bookings(booking_id, by=by, scope=Scope.ALL)
    _refuse_to_undo(bookings[0], by, at)
    bookings = [each for each in bookings if _same_act(each, bookings[0])]
    hold_until = max(_still_held(bookings, at), *(e.hold_until for e in bookings if e.hold_until))
    decided_at = bookings[0].decided_at
    change_state(
        bookings,
        State.REQUESTED,
        decided_by=None,
        decided_at=None,
        reason="",
        hold_until=hold_until,
        **UNGRANTED,
    )
    take_back(_offers(bookings), by=by, at=at)
    _take_again(bookings, decided_at)
    bookings = _timed_anew(bookings)
    record_entries("booking.reopened", bookings, by=by, at=at)
    return bookings


def _offers(bookings: Sequence[Booking]) -> list[Booking]:
    """Locked; they are younger than the bookings, so this is in order."""
    offers = offers_of(Booking.objects.filter(pk__in=[each.pk for each in bookings]))
    keys = list(offers.order_by("pk").values_list("pk", flat=True))
    rows = Booking.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    locked = list(rows.values_list("pk", flat=True))
    return list(detailed(Booking.objects.filter(pk__in=locked, state=State.HELD)))


def _refuse_to_undo(booking: Booking, by: User, at: datetime) -> None:
    undone = State.REQUESTED in UNDO.get(State(booking.state), ())
    if not undone or booking.decided_by_id is None or booking.decided_at is None:
        raise WrongState(what_became_of(booking))
    if booking.decided_by_id != by.pk:
        name = booking.decided_by
        raise NotAllowed(_("{name} decided this and may take it back.").format(name=name))
    if at > booking.decided_at + UNDO_WITHIN:
        raise WrongState(_("A decision can be taken back for 30 seconds; these are over."))


def _same_act(booking: Booking, first: Booking) -> bool:
    decided = (booking.decided_by_id, booking.decided_at)
    return State(booking.state) in UNDO and decided == (first.decided_by_id, first.decided_at)


def _still_held(bookings: Sequence[Booking], at: datetime) -> datetime:
    """A hold that has just run out gets an hour to decide again."""
    first = min(bookings, key=lambda booking: booking.starts_at)
    return min(at + HOUR, latest_answer(first.period, at))


def _take_again(bookings: Sequence[Booking], decided_at: datetime | None) -> None:
    """The database refuses it (`IntegrityError`) where the time is somebody else's by now.

    What an earlier decision let go stays let go.
    """
    in_this_act = Q(let_go_at=None) | Q(let_go_at=decided_at)
    let_go = Allocation.objects.filter(in_this_act, booking__in=bookings, active=False)
    let_go.update(active=True, let_go_at=None)
