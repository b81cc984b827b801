"""What a booking expects of its person next, in one sentence; and what staff read of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment.models import HouseRules
from labbooking.bookings.groups import acts_for
from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.when import clock, short_day
from residents.models import User


@dataclass(frozen=True, slots=True)
class Expectation:
    """`late` when it should have happened already, `now` when it can be done at once."""

    words: str
    late: bool = False
    now: bool = False


def expected(booking: Booking, at: datetime, *, reader: User) -> Expectation | None:
    """Needs the booking in detail (`queries.detailed`).

    Who reads it is told what to do; of somebody else's booking one is told how it stands.
    """
    sentences = _SENTENCES if acts_for(reader, booking) else _OF_ANOTHER
    sentence = sentences.get(State(booking.state))
    return sentence(booking, at) if sentence and booking.named else None


def _answer(booking: Booking, at: datetime) -> Expectation:
    expectation = _from_staff(booking, at)
    if not booking.steps_done:
        return expectation
    words = _("Step {step} of {steps} has said yes.")
    done = words.format(step=booking.steps_done, steps=booking.steps)
    return replace(expectation, words=f"{done} {expectation.words}")


def _from_staff(booking: Booking, at: datetime) -> Expectation:
    # Past that, the house was down when it was due, and staff still answer it.
    if booking.hold_until is None or booking.hold_until <= at:
        return Expectation(_("Waiting for an answer from staff."))
    until = _moment(booking.hold_until, booking, at)
    if booking.asked_back:
        words = _("Staff have a question. Answer by {moment}, or the request lapses.")
        return Expectation(words.format(moment=until), now=True)
    return Expectation(_("Waiting for an answer from staff, until {moment}.").format(moment=until))


def _confirmation(booking: Booking, at: datetime) -> Expectation | None:
    if booking.hold_until is None:
        return None
    if booking.hold_until <= at:
        if not booking.can_be_confirmed(at):
            return None
        words = _("The house was down when your time to confirm ran out: you still can.")
        return Expectation(words, now=True)
    until = _moment(booking.hold_until, booking, at)
    if booking.kept_firmly:
        return Expectation(_("Kept for you until {moment}, with an offer.").format(moment=until))
    words = _("Held for you until {moment}. Confirm it, or it is free for others again.")
    return Expectation(words.format(moment=until), now=True)


def _arrival(booking: Booking, at: datetime) -> Expectation | None:
    if at >= booking.ends_at:
        return None
    opens = max(booking.starts_at - rules.check_in_opens for rules in _all_rules(booking))
    place = _("Check in from {moment}.")
    if not booking.self_service:
        place = _("Check in at the desk from {moment}.")
    if at < opens:
        return Expectation(place.format(moment=_moment(opens, booking, at)))
    return _due_now(booking, at)


def _due_now(booking: Booking, at: datetime) -> Expectation:
    late = at > booking.starts_at
    if booking.release_due_at and booking.release_due_at > at:
        words = _("Check in by {moment}, or it is free for others again.")
        if not booking.self_service:
            words = _("Check in at the desk by {moment}, or it is free for others again.")
        until = _moment(booking.release_due_at, booking, at)
        return Expectation(words.format(moment=until), late=late, now=True)
    words = _("Check in now.") if booking.self_service else _("Check in at the desk now.")
    return Expectation(words, late=late, now=True)


def _return(booking: Booking, at: datetime) -> Expectation:
    until = _moment(booking.ends_at, booking, at)
    if booking.self_service:
        return Expectation(_("Yours until {moment}.").format(moment=until), now=True)
    if at > booking.ends_at:
        words = _("It was due back at {moment}. Please bring it back now.")
        return Expectation(words.format(moment=until), late=True, now=True)
    if any(rules.by_night for rules in _all_rules(booking)):
        words = _("Leave and check out at the desk by {moment}.")
    else:
        words = _("Bring it back by {moment}.")
    return Expectation(words.format(moment=until), now=True)


def _over(booking: Booking, _at: datetime) -> Expectation | None:
    return Expectation(_("Over. Nobody had checked in.")) if booking.was_not_used else None


def _kept(booking: Booking, at: datetime) -> Expectation | None:
    if booking.hold_until is None:
        return None
    if booking.hold_until <= at:
        still = booking.can_be_confirmed(at)
        return Expectation(_("Kept until somebody decides.")) if still else None
    until = _moment(booking.hold_until, booking, at)
    return Expectation(_("Kept until {moment}.").format(moment=until))


def _their_answer(booking: Booking, at: datetime) -> Expectation:
    if booking.hold_until is None or booking.hold_until <= at or not booking.asked_back:
        return _answer(booking, at)
    words = _("Question asked. The answer is due by {moment}.")
    return Expectation(words.format(moment=_moment(booking.hold_until, booking, at)))


def _their_arrival(booking: Booking, at: datetime) -> Expectation | None:
    if not booking.starts_at < at < booking.ends_at:
        return None
    if booking.release_due_at and booking.release_due_at > at:
        words = _("Not here yet. Free for others from {moment}.")
        until = _moment(booking.release_due_at, booking, at)
        return Expectation(words.format(moment=until), late=True)
    return Expectation(_("Not here yet."), late=True)


def _their_return(booking: Booking, at: datetime) -> Expectation:
    until = _moment(booking.ends_at, booking, at)
    if booking.self_service:
        return Expectation(_("In use until {moment}.").format(moment=until))
    if at > booking.ends_at:
        return Expectation(_("Was due back by {moment}.").format(moment=until), late=True)
    return Expectation(_("Due back by {moment}.").format(moment=until))


def _all_rules(booking: Booking) -> list[HouseRules]:
    return [each.rules for each in booking.named if each.rules]


def _moment(instant: datetime, booking: Booking, at: datetime) -> str:
    """The time alone where it is today, else with its day."""
    zone: ZoneInfo = booking.named[0].resource.zone
    time = clock(instant, zone)
    if instant.astimezone(zone).date() == at.astimezone(zone).date():
        return time
    words = _("{day}, {time}")
    return words.format(day=short_day(instant, zone, at=at), time=time)


_SENTENCES = {
    State.HELD: _confirmation,
    State.REQUESTED: _answer,
    State.APPROVED: _arrival,
    State.IN_USE: _return,
    State.COMPLETED: _over,
}
_OF_ANOTHER = {
    State.HELD: _kept,
    State.REQUESTED: _their_answer,
    State.APPROVED: _their_arrival,
    State.IN_USE: _their_return,
    State.COMPLETED: _over,
}
