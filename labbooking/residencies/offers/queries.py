"""Which offers there are, for whom; who is on the list, and what stands where one would be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking import when as say
from labbooking.bookings.models import Allocation
from labbooking.errors import NotThere
from labbooking.period import Period
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.impartial import left_to_others
from labbooking.residencies.jury.ranking.models import RankLine
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.reserve import FreePlace, OnReserve, next_in_line
from labbooking.residencies.offers.states import OfferState
from residents.models import User

CAN_BE_OFFERED = frozenset(
    {ApplicationState.CHOSEN, ApplicationState.RESERVE, ApplicationState.CALLED_BACK}
)
"""To whom staff may send one: whom the jury chose, and whom they choose by sending it."""


def detailed(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related(
        "application__call", "application__person", "resource__type__rules", "booking", "made_by"
    )


def visible(reader: User) -> QuerySet[Offer]:
    """Everybody sees their own, staff all but those of calls that they leave to others."""
    rows, own = detailed(Offer.objects.all()), Q(application__person=reader)
    if not reader.is_lab_staff:
        return rows.filter(own)
    return rows.filter(own | ~Q(application__call__in=left_to_others(reader)))


def no_such_offer() -> NotThere:
    return NotThere(_("There is no such offer."))


def open_ones() -> QuerySet[Offer]:
    return detailed(Offer.objects.filter(state=OfferState.OPEN)).order_by("answer_by", "pk")


def answerable(person: User, at: datetime) -> QuerySet[Offer]:
    """What waits for somebody's answer."""
    return open_ones().filter(application__person=person, answer_by__gt=at)


def waiting_for_one(reader: User) -> QuerySet[Application]:
    """Whom an offer can be sent to by them, of calls that are not put away."""
    rows = Application.objects.filter(state__in=CAN_BE_OFFERED, person__is_active=True)
    rows = rows.exclude(call__in=left_to_others(reader))
    return rows.select_related("call", "person").order_by("call__slug", "state", "decided_at", "pk")


def reserve_of(call: Call) -> list[Application]:
    """In the jury's newest order; who is not in it comes after, as they came onto the list."""
    of_jury = RankLine.objects.filter(application=OuterRef("pk"), ranking__jury__call=call)
    place = Subquery(of_jury.order_by("-ranking_id").values("place")[:1])
    rows = Application.objects.filter(call=call, state=ApplicationState.RESERVE)
    rows = rows.filter(person__is_active=True).select_related("call", "person")
    in_order = rows.order_by(place.asc(nulls_last=True), "decided_at", "pk")
    return list(in_order.prefetch_related("features_needed"))


def next_for(offer: Offer) -> list[Application]:
    """Who of the list could come in its place."""
    reserve = {each.pk: each for each in reserve_of(offer.application.call)}
    zone = offer.resource.zone
    place = FreePlace(
        offer.starts_at.astimezone(zone).date(),
        offer.ends_at.astimezone(zone).date(),
        frozenset(offer.resource.features.values_list("slug", flat=True)),
    )
    found = next_in_line(place, [on_reserve(each) for each in reserve.values()])
    return [reserve[each.application] for each in found]


def on_reserve(application: Application) -> OnReserve:
    return OnReserve(
        application.pk,
        application.earliest,
        application.latest,
        application.weeks_min,
        application.weeks_max,
        frozenset(each.slug for each in application.features_needed.all()),
    )


def what_is_there(studio: Resource, period: Period, at: datetime) -> Sequence[str]:
    """For staff: what takes any of that time, its turnaround counted in."""
    rules = studio.type.rules
    around = period if rules is None else period.widened(
        rules.turnaround_before, rules.turnaround_after
    )  # fmt: skip
    taken = Allocation.objects.filter(
        resource=studio, active=True, guarded_from__lt=around.end, guarded_until__gt=around.start
    ).select_related("booking__person", "closure")
    return [_said(each, studio, at) for each in taken.order_by("starts_at")]


def _said(each: Allocation, studio: Resource, at: datetime) -> str:
    when = say.when(Period(each.starts_at, each.ends_at), studio.zone, at=at)
    who = str(each.booking.person) if each.booking else _("closed")
    return _("{what}: {when}").format(what=who, when=when)
