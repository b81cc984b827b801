"""What has been done with bookings, as a message to who did it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.models import Booking
from labbooking.bookings.pages.approvals.wording import step_done
from labbooking.bookings.states import State


def done(bookings: list[Booking], act: str = "", *, offered: bool = False) -> str:
    """What has been done, as a message; `offered` where somebody who waited gets what frees."""
    words_of = _OFFERED if offered else _DONE
    if act in words_of:
        return str(words_of[act]).format(name=bookings[0].person)
    if act in {"approve", "decline", "part"} and (said := _decided(bookings, act)):
        return said
    if act == "confirm" and bookings[0].steps_done:
        return step_done(bookings)
    if len(bookings) == 1 and (act, bookings[0].self_service) in _DONE_WITH_ONE:
        return str(_DONE_WITH_ONE[act, bookings[0].self_service])
    words = _("Done for {count} dates: {state}.") if len(bookings) > 1 else _("Done: {state}.")
    return words.format(count=len(bookings), state=State(bookings[0].state).label)


_DONE = {
    "ask": gettext_lazy("{name} gets an e-mail with your question."),
    "answer": gettext_lazy("Staff have your answer."),
    "nudge": gettext_lazy("They get an e-mail that says that you are waiting."),
    "party": gettext_lazy("Saved. Whoever is new hears of it by e-mail."),
    "party-remove": gettext_lazy("Saved. They hear of it by e-mail."),
    "party-leave": gettext_lazy("You no longer take part; {name} hears of it by e-mail."),
    "undo-handover": gettext_lazy("Taken back. It is as it was before."),
    "undo": gettext_lazy("Undone: {name}’s request is waiting for an answer again."),
}


_OFFERED = {
    "cancel": gettext_lazy("Cancelled. It is now offered to whoever was waiting for it."),
    "withdraw": gettext_lazy("Taken back. It is now offered to whoever was waiting for it."),
}
_FREE_AGAIN = gettext_lazy("Cancelled. The time is free again.")
_TAKEN_BACK = gettext_lazy("Withdrawn. The time is free again.")
# By act and whether people help themselves: things are handed over at the desk.
_DONE_WITH_ONE = {
    ("cancel", True): _FREE_AGAIN,
    ("cancel", False): _FREE_AGAIN,
    ("withdraw", True): _TAKEN_BACK,
    ("withdraw", False): _TAKEN_BACK,
    ("check-in", True): gettext_lazy("Checked in."),
    ("check-in", False): gettext_lazy("Handed over."),
    ("check-out", True): gettext_lazy("Checked out. The rest of the time is free again."),
    ("check-out", False): gettext_lazy("Returned. The rest of the time is free."),
}


def _decided(bookings: list[Booking], act: str) -> str:
    if any(each.steps for each in bookings):
        return step_done(bookings)
    if act == "part":
        return _part_done(bookings)
    return _one_decided(bookings[0]) if len(bookings) == 1 else ""


def _one_decided(booking: Booking) -> str:
    """Whose it was: in the queue the next request stands in its place at once."""
    things = ", ".join(each.resource.name for each in booking.named)
    state = State(booking.state).label
    return _("{name}, {things}: {state}.").format(name=booking.person, things=things, state=state)


def _part_done(bookings: list[Booking]) -> str:
    yes = [each for each in bookings if each.state == State.APPROVED]
    if len(bookings) == 1:
        things = ", ".join(each.resource.name for each in yes[0].named)
        return _("Done: {things} confirmed.").format(things=things)
    return _("Done: {yes} of {all} dates confirmed.").format(yes=len(yes), all=len(bookings))
