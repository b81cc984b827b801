"""Staff send an offer: from that second its studio is kept, until the answer is due."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.models import Kind, Resource
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.transaction.keeping import keep
from labbooking.errors import SlotTaken, WrongState
from labbooking.lengths import LONGEST_DESCRIPTION
from labbooking.period import Period
from labbooking.residencies.applications.actions.deciding import decided
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.offers.actions.locked import locked_application_for_staff
from labbooking.residencies.offers.entries import tell
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import CAN_BE_OFFERED, what_is_there
from labbooking.residencies.offers.spec import OfferSaid, stay_in
from labbooking.residencies.offers.states import STANDING
from residents.models import User


@transaction.atomic
def send_offer(said: OfferSaid, *, by: User, at: datetime) -> Offer:
    """Whoever is on the reserve list, or whose offer was called back, is chosen by it.

    Raises `NotAllowed`, `NotThere`, `WrongState` unless the application can be offered something,
    `ValidationError` by field for days that cannot be, `Malformed` for an answer that would be due
    too early or after the beginning, `Refused`, and `SlotTaken` with what is there.
    """
    application = locked_application_for_staff(said.application, by)
    _refuse_unless_it_can_be(application)
    studio = _studio(said.studio)
    if len(said.words) > LONGEST_DESCRIPTION:
        raise ValidationError({"words": _("That is too long.")})
    period = stay_in(studio, said.arrive, said.depart)
    spec = BookingSpec(
        period, (studio.slug,),
        purpose=application.call.name, override_reason=f"call {application.call.slug}",
    )  # fmt: skip
    try:
        booking = keep(spec, person=application.person, by=by, at=at, until=said.answer_by)
    except SlotTaken as taken:
        raise _with_what_is_there(taken, studio, period, at) from taken
    offer = Offer.objects.create(
        application=application, resource=studio, booking=booking, made_by=by, sent_at=at,
        starts_at=period.start, ends_at=period.end, answer_by=said.answer_by, words=said.words,
    )  # fmt: skip
    decided(application, ApplicationState.OFFERED, at)
    tell("offer.sent", offer, by=by, at=at)
    return offer


def tried_out(said: OfferSaid, *, by: User, at: datetime) -> Offer:
    """The offer as it would be sent, and nothing of it stays. Raises like `send_offer`."""
    with transaction.atomic():
        offer = send_offer(said, by=by, at=at)
        transaction.set_rollback(True)
    return offer


def _refuse_unless_it_can_be(application: Application) -> None:
    if Offer.objects.filter(application=application, state__in=STANDING).exists():
        raise WrongState(_("An offer to them is open already, or accepted."))
    if application.state not in CAN_BE_OFFERED:
        raise WrongState(_("An offer goes to whom the jury has chosen, or to the reserve list."))


def _studio(slug: str) -> Resource:
    rows = Resource.objects.select_related("type__rules")
    studio = rows.filter(slug=slug, type__kind=Kind.STUDIO, is_bookable=True).first()
    if studio is None:
        raise ValidationError({"studio": _("There is no such studio.")})
    return studio


def _with_what_is_there(
    taken: SlotTaken, studio: Resource, period: Period, at: datetime
) -> SlotTaken:
    there = "; ".join(what_is_there(studio, period, at))
    if not there:
        return taken
    return SlotTaken(_("{name} is taken then. There is: {what}.").format(name=studio, what=there))
