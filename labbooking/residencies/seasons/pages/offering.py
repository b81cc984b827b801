"""From a settled plan to offers: each is sent by a person, on the form of an offer, filled in as
the plan has it. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import CAN_BE_OFFERED
from labbooking.residencies.offers.states import STANDING
from labbooking.residencies.seasons.models import Place
from residents.models import User


@dataclass(frozen=True)
class Offering:
    """How far it is, where to go for it, and what one does there. Only staff go anywhere: the chair
    knows no names."""

    standing: str
    url: str = ""
    act: str = ""


def offerings(places: Iterable[Place], by: User) -> dict[int, Offering]:
    """By place."""
    found = list(places)
    offers = Offer.objects.filter(application__in=[each.application_id for each in found])
    offers = offers.select_related("resource").order_by("pk")
    newest = {each.application_id: each for each in offers}
    every = {each.pk: _of(each, newest.get(each.application_id)) for each in found}
    if by.is_lab_staff:
        return every
    return {pk: Offering(each.standing) for pk, each in every.items()}


def _of(place: Place, offer: Offer | None) -> Offering:
    if offer and offer.state in STANDING:
        url = reverse("offer", args=[offer.pk])
        return Offering(_standing(place, offer), url, _("Look at the offer"))
    if place.application.state in CAN_BE_OFFERED:
        standing = offer.get_state_display() if offer else _("not sent yet")
        return Offering(standing, _form_for(place), _("Prepare the offer"))
    return Offering(offer.get_state_display() if offer else _("not chosen by the jury"))


def _standing(place: Place, offer: Offer) -> str:
    told, zone = offer.get_state_display(), offer.resource.zone
    days = tuple(each.astimezone(zone).date() for each in (offer.starts_at, offer.ends_at))
    if (offer.resource_id, *days) == (place.resource_id, place.starts_on, place.ends_on):
        return str(told)
    return _("{state}, for another place or time").format(state=told)


def _form_for(place: Place) -> str:
    said = {
        "studio": place.resource.slug,
        "arrive": place.starts_on.isoformat(),
        "depart": place.ends_on.isoformat(),
    }
    return f"{reverse('new_offer', args=[place.application_id])}?{urlencode(said)}"
