"""What an offer says, in words: its days, what is paid, and by when the answer is due."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.residencies.calls.wording import Fact, stipend
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import OfferState
from labbooking.when import full_day, full_moment, lab_zone
from residents.models import User
from residents.profile.time_zones import place_of, shows_house_time, zone_of


def due(offer: Offer, reader: User | None = None) -> str:
    """By the clocks of the house, and by the reader's where those show something else."""
    here = full_moment(offer.answer_by, lab_zone())
    zone = zone_of(reader) if reader else None
    if zone is None or shows_house_time(offer.answer_by, zone):
        return here
    there = full_moment(offer.answer_by, zone)
    words = _("{here} in the house, which is {there} in {place}")
    return words.format(here=here, there=there, place=place_of(zone.key))


def days(offer: Offer) -> str:
    zone = offer.resource.zone
    first, last = (each.astimezone(zone).date() for each in (offer.starts_at, offer.ends_at))
    return _("{first} to {last}").format(first=full_day(first), last=full_day(last))


def nights(offer: Offer) -> str:
    zone = offer.resource.zone
    first, last = (each.astimezone(zone).date() for each in (offer.starts_at, offer.ends_at))
    count = (last - first).days
    return ngettext("{count} night", "{count} nights", count).format(count=count)


def facts(offer: Offer, reader: User | None = None) -> list[Fact]:
    zone = offer.resource.zone
    return [
        (_("Studio"), offer.resource.name),
        (_("When"), f"{days(offer)} ({nights(offer)})"),
        (_("Arrival"), full_moment(offer.starts_at, zone)),
        (_("Departure"), full_moment(offer.ends_at, zone)),
        (_("Stipend"), stipend(offer.application.call)),
        (_("Answer by"), due(offer, reader)),
    ]


def too_late(offer: Offer) -> str:
    words = _("The answer was due on {moment}, so this offer is over.")
    return words.format(moment=full_moment(offer.answer_by, lab_zone()))


def what_became_of(offer: Offer, at: datetime) -> str:
    """One sentence about an offer that is over, and none about one that is open."""
    when = full_moment(offer.ended_at or at, lab_zone())
    words = {
        OfferState.ACCEPTED: _("This offer was accepted on {moment}."),
        OfferState.REFUSED: _("This offer was declined on {moment}."),
        OfferState.LAPSED: _("Nobody answered this offer in time; it lapsed on {moment}."),
        OfferState.CALLED_BACK: _("The house called this offer back on {moment}."),
    }
    said = words.get(OfferState(offer.state), "")
    return said.format(moment=when)
