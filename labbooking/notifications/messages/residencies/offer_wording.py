"""What mails about offers say: the fact first, then what is expected."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.notifications.messages.message import Said
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.wording import days, due


def _fact(offer: Offer) -> str:
    return _("{studio}, {days}").format(studio=offer.resource.name, days=days(offer))


def _answer_by(offer: Offer) -> str:
    moment = due(offer, offer.application.person)
    return _("Please answer by {moment}.").format(moment=moment)


def open_offer(offer: Offer) -> Said:
    return Said(
        _("We offer you a stay: {fact}").format(fact=_fact(offer)),
        (
            _("You applied for “{call}”, and the house would like you to come.").format(
                call=offer.application.call.name
            ),
            _("The studio is kept for you, and for nobody else, until your answer is due."),
            _answer_by(offer),
            *((_("{name} writes:").format(name=offer.made_by),) if offer.words else ()),
        ),
        _("See the offer"),
        reason=offer.words,
    )


def half_time(offer: Offer) -> Said:
    return Said(
        _("Half of the time is over: {fact}").format(fact=_fact(offer)),
        (_("Our offer to you is still open."), _answer_by(offer)),
        _("See the offer"),
    )


def last_day(offer: Offer) -> Said:
    return Said(
        _("The last day to answer: {fact}").format(fact=_fact(offer)),
        (
            _answer_by(offer),
            _("After that the studio is free for others. If you need more time, write to us."),
        ),
        _("Answer now"),
    )


def prolonged(offer: Offer) -> Said:
    return Said(
        _("You have more time: {fact}").format(fact=_fact(offer)),
        (_("The studio is kept for you as long."), _answer_by(offer)),
        _("See the offer"),
    )


def accepted(offer: Offer) -> Said:
    return Said(
        _("You are coming: {fact}").format(fact=_fact(offer)),
        (
            _("You have accepted our offer, and the studio is yours in that time."),
            _("Your account can book in the house from now on."),
        ),
        _("See what was agreed"),
    )


def lapsed(offer: Offer) -> Said:
    return Said(
        _("The offer has lapsed: {fact}").format(fact=_fact(offer)),
        (
            _("We have not heard from you by the day an answer was due."),
            _("If something kept you from answering, write to us: perhaps there is a way."),
        ),
        _("See the offer"),
    )


def called_back(offer: Offer) -> Said:
    return Said(
        _("We have to take our offer back: {fact}").format(fact=_fact(offer)),
        (_("We are sorry. {name} writes:").format(name=offer.made_by),),
        _("See the offer"),
        reason=offer.reason,
    )


def taken(offer: Offer) -> Said:
    return Said(
        _("Accepted by {name}: {fact}").format(name=offer.application.person, fact=_fact(offer)),
        (_("The booking is confirmed."),),
        _("See the offer"),
    )


def declined(offer: Offer) -> Said:
    name = offer.application.person
    return Said(
        _("Declined by {name}: {fact}").format(name=name, fact=_fact(offer)),
        (
            _("The studio is free. The page of the offer says who could come instead."),
            *((_("{name} writes:").format(name=name),) if offer.answer else ()),
        ),
        _("See who is next"),
        reason=offer.answer,
    )


def unanswered(offer: Offer) -> Said:
    name = offer.application.person
    return Said(
        _("Not answered by {name}: {fact}").format(name=name, fact=_fact(offer)),
        (_("The studio is free. The page of the offer says who could come instead."),),
        _("See who is next"),
    )


def asked(offer: Offer) -> Said:
    name = offer.application.person
    return Said(
        _("{name} asks for another time: {fact}").format(name=name, fact=_fact(offer)),
        (_("The offer stays open, and nothing has changed. {name} writes:").format(name=name),),
        _("See the offer"),
        reason=offer.asked,
    )
