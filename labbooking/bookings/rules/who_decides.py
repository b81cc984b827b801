"""Who answers at the step a request waits at. Pure: its people come with the booking in detail.

First who decides there; after the deadline also who stands in for them, and after it once more all
staff. Whoever has left or is no longer staff does not count, so that nothing waits for nobody.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from labbooking.bookings.models import ApprovalStep, Booking
from labbooking.bookings.rules.usage_rules import gone
from labbooking.bookings.states import State
from labbooking.when import clock, short_day
from residents.models import User

APPROVERS, DEPUTIES, EVERYBODY = 0, 1, 2


def is_in_steps(booking: Booking) -> bool:
    """Whether it waits at a step."""
    return booking.state == State.REQUESTED and booking.waits_at is not None


def reach_at(booking: Booking, at: datetime) -> int:
    """A deadline that has passed counts at once, whether the clock has said so yet or not."""
    is_over = booking.escalate_at is not None and booking.escalate_at <= at
    return min(booking.step_reach + is_over, EVERYBODY)


def people_at(step: ApprovalStep, *, deputies: bool = False) -> tuple[User, ...]:
    """Who is named there and still is staff. Needs its people (`queries.who_answers`)."""
    able = (each for each in step.approvers.all() if each.is_deputy == deputies)
    return tuple(each.person for each in able if each.person.is_lab_staff and each.person.is_active)


def named(booking: Booking, reach: int) -> tuple[User, ...]:
    """Who may answer with this reach; nobody named means all staff."""
    if booking.waits_at is None:
        return ()
    first, second = people_at(booking.waits_at), people_at(booking.waits_at, deputies=True)
    if reach == APPROVERS:
        return first or second
    return first + second if reach == DEPUTIES and first and second else ()


def answers_at(step: ApprovalStep, person: User) -> bool:
    """Whether a request that comes there is this person's of the staff to answer at once."""
    people = people_at(step) or people_at(step, deputies=True)
    return not people or person in people


def newly_named(booking: Booking) -> tuple[User, ...]:
    """Who may answer since the last deadline; nobody named means all staff."""
    if booking.waits_at is None or not named(booking, booking.step_reach):
        return ()
    return people_at(booking.waits_at, deputies=True)


def may_answer(booking: Booking, person: User, at: datetime) -> bool:
    """Whether it is this person of the staff's to answer; without steps it is anybody's."""
    if not is_in_steps(booking):
        return True
    people = named(booking, reach_at(booking, at))
    return not people or person in people


def may_decline(booking: Booking, person: User, at: datetime) -> bool:
    """What nobody could have any more, any of the staff may decline at whatever step it is."""
    return may_answer(booking, person, at) or bool(gone(booking))


def whose_it_is(booking: Booking, at: datetime) -> str:
    """The sentence for whoever may not answer."""
    people = named(booking, reach_at(booking, at))
    names = get_text_list([str(each) for each in people], pgettext("Sam or Kim", "or"))
    words = _("This request is at the step “{step}”, which is for {names} to answer.")
    said = words.format(step=booking.waits_at, names=names)
    if booking.escalate_at is None or booking.escalate_at <= at:
        return said
    zone = booking.named[0].resource.zone
    moment = _("{day}, {clock}").format(
        day=short_day(booking.escalate_at, zone, at=at), clock=clock(booking.escalate_at, zone)
    )
    return said + " " + _("Others may from {moment} on.").format(moment=moment)
