"""What each mail says: the fact first, then what is expected, then one button."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.bookings.rules.exception_wording import exceptions_in_words
from labbooking.bookings.states import State
from labbooking.notifications.messages.message import About, Said
from labbooking.notifications.messages.party.in_groups import cancelled_in_group, withdrawn
from labbooking.notifications.messages.party.wording import WORDS as OF_PARTIES
from labbooking.notifications.messages.passing_on import passed_on
from labbooking.notifications.messages.reminders import nudged, return_due
from labbooking.notifications.messages.swaps import swapped


def received(about: About) -> Said:
    return Said(
        _("Waiting for an answer: {fact}").format(fact=about.fact),
        (
            _("Your request has reached the lab's staff."),
            _("The time is kept for you until they have decided.")
            if about.kept_until is None
            else _(
                "The time is kept for you until they have decided, at most until {hold}."
            ).format(hold=about.moment(about.kept_until)),
        ),
        _("See my request"),
    )


def waiting(about: About) -> Said:
    return Said(
        _("{name} asks for {fact}").format(name=about.booking.person, fact=about.fact),
        (*_lapses(about), *_excepted(about.booking)),
        _("Decide"),
        reason=about.booking.exception_reason,
        page="approvals",
    )


def _excepted(booking: Booking) -> tuple[str, ...]:
    rules = exceptions_in_words(booking)
    if not rules:
        return ()
    words = _("It would be an exception from the house rules ({rules}). {name} writes:")
    return (words.format(rules=rules, name=booking.person),)


def _lapses(about: About) -> tuple[str, ...]:
    if about.kept_until is None:
        return ()
    hold = about.moment(about.kept_until)
    return (_("Without an answer it lapses on {hold}.").format(hold=hold),)


def asks_anew(about: About) -> Said:
    return Said(
        _("{name} asks for another time: {fact}").format(
            name=about.booking.person, fact=about.fact
        ),
        (_("Staff had approved another time, which this one replaces."), *_lapses(about)),
        _("Decide"),
        page="approvals",
    )


def next_step(about: About) -> Said:
    booking = about.booking
    words = _("Step {done} of {steps} has said yes; now it is up to you: {step}.")
    return Said(
        _("{name} asks for {fact}").format(name=booking.person, fact=about.fact),
        (
            words.format(done=booking.steps_done, steps=booking.steps, step=booking.waits_at),
            *_lapses(about),
            *_excepted(booking),
        ),
        _("Decide"),
        reason=booking.exception_reason,
        page="approvals",
    )


def asked(about: About) -> Said:
    return Said(
        _("A question about {fact}").format(fact=about.fact),
        (
            _("The time stays yours meanwhile."),
            _("Before the lab’s staff decide, they would like to know:"),
        ),
        _("Answer"),
        reason=about.booking.question,
        ask="answer",
    )


def answered(about: About) -> Said:
    booking = about.booking
    return Said(
        _("{name} has answered: {fact}").format(name=booking.person, fact=about.fact),
        (
            *_lapses(about),
            _("The question was: {question}").format(question=booking.question),
            _("{name} writes:").format(name=booking.person),
        ),
        _("Decide"),
        reason=booking.answer,
        page="approvals",
    )


def escalated(about: About) -> Said:
    return Said(
        _("Overdue: {name} asks for {fact}").format(name=about.booking.person, fact=about.fact),
        (_("Nobody has answered yet. Please decide in their place."), *_lapses(about)),
        _("Decide"),
        page="approvals",
    )


def approved(about: About) -> Said:
    words, reason = _only_a_part(about)
    return Said(
        _("Confirmed: {fact}").format(fact=about.fact),
        (_handing_over(about.booking), *_released(about), *words),
        _("See my booking"),
        reason=reason,
    )


def _only_a_part(about: About) -> tuple[tuple[str, ...], str]:
    """What of the request was not confirmed, and why."""
    booking = about.booking
    missing = [each.resource.name for each in booking.not_given]
    missing += [about.when_of(each) for each in about.refused]
    if not missing:
        return (), ""
    words = _("Not confirmed this time: {what}.").format(what=", ".join(missing))
    writes = _("{name} writes:").format(name=booking.decided_by or _("The lab's staff"))
    return (words, writes), booking.reason or about.refused[0].reason


def declined(about: About) -> Said:
    name = about.booking.decided_by or _("The lab's staff")
    return Said(
        _("Declined: {fact}").format(fact=about.fact),
        (_("{name} could not say yes this time and writes:").format(name=name),),
        _("See my request"),
        reason=about.booking.reason,
    )


def expired(about: About) -> Said:
    return Said(
        _("Not answered in time: {fact}").format(fact=about.fact),
        (
            _("Nobody answered your request in time, so it has lapsed. We are sorry."),
            _("You can ask again, or speak to the staff at the desk."),
        ),
        _("See my request"),
    )


def cancelled(about: About) -> Said:
    if about.actor:
        return cancelled_in_group(about)
    return Said(
        _("Cancelled: {fact}").format(fact=about.fact),
        (
            _("The lab's staff had to cancel it and write:")
            if about.booking.reason
            else _("The lab's staff had to cancel it."),
        ),
        _("See my booking"),
        reason=about.booking.reason,
    )


def no_show(about: About) -> Said:
    is_over = about.at >= about.booking.ends_at
    return Said(
        _("Nobody came: {fact}").format(fact=about.fact),
        (_("Nobody had checked in."),)
        if is_over
        else (
            _("Nobody had checked in, so it is free for others again."),
            _("If you are on your way, book what is left of the time."),
        ),
        _("See my booking"),
    )


def moved(about: About) -> Said:
    return Said(
        _("Moved: {fact}").format(fact=about.fact),
        (_moved(about.booking),),
        _("See my booking"),
    )


def _moved(booking: Booking) -> str:
    if booking.state == State.REQUESTED:
        return _("Your request has this time now. It is kept until the lab’s staff have answered.")
    return _("Your booking has this time now.")


def starting_soon(about: About) -> Said:
    return Said(
        _("On {start}: {what}").format(start=about.start, what=about.what),
        (
            _handing_over(about.booking),
            *_released(about),
            _("If you do not need it, please cancel, so that others can use it."),
        ),
        _("See my booking"),
    )


def your_turn(about: About) -> Said:
    booking = about.booking
    until = about.moment(booking.hold_until or booking.starts_at)
    return Said(
        _("Your turn until {until}: {fact}").format(until=until, fact=about.fact),
        (
            _(
                "You waited for this time, and it is free now. It is kept for you until {until}."
            ).format(until=until),
            _("Confirm it, or let it go. After that the next person on the list gets it."),
        ),
        _("Confirm or let go"),
    )


def turn_over(about: About) -> Said:
    return Said(
        _("No longer kept for you: {fact}").format(fact=about.fact),
        (
            _("You did not confirm it in time, so the next person on the list gets it."),
            _("If it is still free, you can book it like any other time."),
        ),
        _("See what was kept"),
    )


def _handing_over(booking: Booking) -> str:
    if booking.self_service:
        return _("Check in on its page when you come.")
    return _("The staff at the desk hand it over to you.")


def _released(about: About) -> tuple[str, ...]:
    """When the booking ends by itself if nobody comes, where the house rules say so."""
    release = about.booking.release_due_at
    if release is None or release <= about.at or len(about.bookings) > 1:
        return ()
    until = say.clock(release, about.zone)
    return (_("Come by {until}; after that it is free for others again.").format(until=until),)


WORDS: dict[str, Callable[[About], Said]] = {
    "received": received,
    "waiting": waiting,
    "asks_anew": asks_anew,
    "next_step": next_step,
    "asked": asked,
    "answered": answered,
    "escalated": escalated,
    "approved": approved,
    "declined": declined,
    "expired": expired,
    "cancelled": cancelled,
    "withdrawn": withdrawn,
    "no_show": no_show,
    "moved": moved,
    "passed_on": passed_on,
    "swapped": swapped,
    "starting_soon": starting_soon,
    "return_due": return_due,
    "nudged": nudged,
    "your_turn": your_turn,
    "turn_over": turn_over,
    **OF_PARTIES,
}
"""By the name that stands with every mail in the database: a function may be called otherwise."""
