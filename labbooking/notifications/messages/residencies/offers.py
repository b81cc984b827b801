"""Mails about offers of a stay: to whoever got one, and to who of staff sent it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.messages.residencies import offer_wording as wording
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import staff
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import detailed, visible
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import facts
from residents.models import User

IsTrue = Callable[[Offer, Entry, datetime], bool]


@dataclass(frozen=True, slots=True)
class OfferMessage:
    """It is made and sent only while `is_true`."""

    template: str
    is_true: IsTrue
    said: Callable[[Offer], Said]
    for_staff: bool = False


def _open(offer: Offer, _entry: Entry, at: datetime) -> bool:
    return offer.can_be_answered(at)


def _open_until_then(offer: Offer, entry: Entry, at: datetime) -> bool:
    """Who has been given more time since is not told of the time before."""
    told = datetime.fromisoformat(entry.data["answer_by"])
    return offer.can_be_answered(at) and offer.answer_by == told


def _asked(offer: Offer, entry: Entry, at: datetime) -> bool:
    return offer.can_be_answered(at) and offer.asked_at == entry.at


def _is(state: OfferState) -> IsTrue:
    return lambda offer, _entry, _at: offer.state == state


def _lapsed(offer: Offer, entry: Entry, _at: datetime) -> bool:
    """Who has left the house knows."""
    return offer.state == OfferState.LAPSED and not entry.data.get("gone")


MESSAGES: dict[str, tuple[OfferMessage, ...]] = {
    "offer.sent": (OfferMessage("offer_open", _open, wording.open_offer),),
    "offer.half_time": (OfferMessage("offer_half_time", _open_until_then, wording.half_time),),
    "offer.last_day": (OfferMessage("offer_last_day", _open_until_then, wording.last_day),),
    "offer.prolonged": (OfferMessage("offer_prolonged", _open_until_then, wording.prolonged),),
    "offer.accepted": (
        OfferMessage("offer_accepted", _is(OfferState.ACCEPTED), wording.accepted),
        OfferMessage("offer_taken", _is(OfferState.ACCEPTED), wording.taken, for_staff=True),
    ),
    "offer.refused": (
        OfferMessage("offer_declined", _is(OfferState.REFUSED), wording.declined, for_staff=True),
    ),
    "offer.lapsed": (
        OfferMessage("offer_lapsed", _lapsed, wording.lapsed),
        OfferMessage(
            "offer_unanswered", _is(OfferState.LAPSED), wording.unanswered, for_staff=True
        ),
    ),
    "offer.called_back": (
        OfferMessage("offer_called_back", _is(OfferState.CALLED_BACK), wording.called_back),
    ),
    "offer.asked": (OfferMessage("offer_asked", _asked, wording.asked, for_staff=True),),
}
KINDS = frozenset(MESSAGES)
BY_TEMPLATE = {each.template: each for several in MESSAGES.values() for each in several}


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    if not entries:
        return
    offers = _offers(entries)
    for entry in entries:
        offer = offers.get(entry.data["offer"])
        for message in MESSAGES[entry.kind] if offer else ():
            if offer and message.is_true(offer, entry, at):
                for person in _hearers(offer, message):
                    yield Planned(entry, person, message.template, at)


def _offers(entries: Sequence[Entry]) -> dict[int, Offer]:
    return detailed(Offer.objects.all()).in_bulk({each.data["offer"] for each in entries})


def _hearers(offer: Offer, message: OfferMessage) -> tuple[User, ...]:
    """Who sent it hears of the answer, and all staff where they have left the team."""
    if not message.for_staff:
        return (offer.application.person,)
    sender = offer.made_by
    return (sender,) if sender.is_lab_staff and sender.is_active else staff()


def _sees(reader: User, offer: Offer) -> bool:
    return reader.is_lab_staff and visible(reader).filter(pk=offer.pk).exists()


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true, or no longer
    this reader's to know."""
    entry, message = notification.entry, BY_TEMPLATE[notification.template]
    offer = _offers([entry]).get(entry.data["offer"])
    if offer is None or not message.is_true(offer, entry, at):
        return None
    reader = notification.person
    is_theirs = reader == offer.application.person
    if not (_sees(reader, offer) if message.for_staff else is_theirs):
        return None
    told = facts(offer, reader)
    return Written(message.said(offer), reverse("offer", args=[offer.pk]), told)
