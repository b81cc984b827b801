"""An offer as it is now, locked, and how it ends. The person is locked first, then their
application, the offer, and last what its booking takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.bookings.models import Booking
from labbooking.bookings.transaction.locks import locked_person
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere, WrongState
from labbooking.residencies.applications.actions.deciding import decided
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.impartial import refuse_who_is_involved
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import detailed, no_such_offer
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import what_became_of
from residents.models import User


def locked_application(pk: int, missing: NotThere) -> Application:
    """Raises `missing` where there is none."""
    rows = Application.objects.filter(pk=pk)
    found = rows.select_related("person").first()
    if found is None:
        raise missing
    locked_person(found.person)
    list(rows.select_for_update(of=("self",), no_key=True).values("pk"))
    again = rows.select_related("call", "person").first()
    if again is None:
        raise missing
    return again


def locked_offer(pk: int, reader: User | None) -> Offer:
    """`reader` is nobody where time acts. Raises `NotThere` for what is not theirs to see."""
    rows = Offer.objects.filter(pk=pk)
    if reader is not None and not reader.is_lab_staff:
        rows = rows.filter(application__person=reader)
    key = rows.values_list("application_id", flat=True).first()
    if key is None:
        raise no_such_offer()
    locked_application(key, no_such_offer())
    list(rows.select_for_update(of=("self",), no_key=True).values("pk"))
    offer = detailed(rows).first()
    if offer is None:
        raise no_such_offer()
    return offer


def locked_offer_for_staff(pk: int, by: User) -> Offer:
    """To change it. Raises `NotThere`, and `NotAllowed` also to who is involved in its call."""
    only_staff(by)
    offer = locked_offer(pk, by)
    refuse_who_is_involved(by, offer.application.call)
    return offer


def locked_application_for_staff(pk: int, by: User) -> Application:
    """Raises the same."""
    only_staff(by)
    application = locked_application(pk, no_such_application())
    refuse_who_is_involved(by, application.call)
    return application


def refuse_unless_open(offer: Offer, at: datetime) -> None:
    """Raises `WrongState`, which says what happened to it."""
    if offer.state != OfferState.OPEN:
        raise WrongState(what_became_of(offer, at))


def is_still_kept(offer: Offer) -> bool:
    """Whoever leaves the house lets go of it with all that lies ahead of them."""
    return Booking.objects.filter(pk=offer.booking_id, kept_firmly=True).exists()


def ended(
    offer: Offer, state: OfferState, then: ApplicationState, *, at: datetime, **more: Any
) -> None:
    """`then` is what becomes of the application."""
    offer.state, offer.ended_at = state, at
    for name, value in more.items():
        setattr(offer, name, value)
    offer.save(update_fields=["state", "ended_at", *more])
    decided(offer.application, then, at)
