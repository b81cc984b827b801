"""What an answer came to where requests are decided on in steps, and with whom one waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from labbooking.bookings.models import Booking
from labbooking.bookings.rules.who_decides import named
from labbooking.bookings.states import State


def step_done(bookings: Sequence[Booking]) -> str:
    """One sentence for each thing that came of it: of a series some dates may be confirmed, others
    go on, and the rest waits as it did."""
    first = bookings[0]
    if first.series_id is None:
        things = ", ".join(each.resource.name for each in first.named)
        words = _("{name}, {things}: {state}.")
        return words.format(name=first.person, things=things, state=_came_to(first))
    counted = Counter(_came_to(each) for each in bookings)
    said = [_dates(count).format(count=count, state=state) for state, count in counted.items()]
    if left := _left(bookings):
        said.append(_dates(left).format(count=left, state=_("waiting as before")))
    return " ".join(said)


def _came_to(booking: Booking) -> str:
    if booking.state != State.REQUESTED:
        return str(State(booking.state).label)
    words = _("step {step} of {steps} has said yes, the next one is “{next}”")
    return words.format(step=booking.steps_done, steps=booking.steps, next=booking.waits_at)


def _dates(count: int) -> str:
    return ngettext("{count} date: {state}.", "{count} dates: {state}.", count)


def _left(bookings: Sequence[Booking]) -> int:
    """Dates of the series that wait as before."""
    waiting = Booking.objects.filter(series=bookings[0].series_id, state=State.REQUESTED)
    return waiting.exclude(pk__in=[each.pk for each in bookings]).count()


def goes_on(booking: Booking) -> bool:
    """Whether a yes would not be the last one."""
    return booking.steps_done + 1 < booking.steps


def what_a_yes_does(booking: Booking) -> str:
    if not goes_on(booking):
        return _("{name} gets an e-mail at once.").format(name=booking.person)
    words = _("Then it goes on to step {step} of {steps}.")
    return words.format(step=booking.steps_done + 2, steps=booking.steps)


def what_a_part_does(booking: Booking) -> str:
    words = _("{name} gets one e-mail with what is confirmed, what is not, and why.")
    if goes_on(booking):
        words = _("The rest is declined, and {name} gets an e-mail that says why.")
    return words.format(name=booking.person)


def waits_for(booking: Booking, reach: int) -> str:
    """The names of who may answer it, or that all staff may."""
    people = [str(each) for each in named(booking, reach)]
    return str(get_text_list(people, pgettext("Sam or Kim", "or"))) or _("all staff")
