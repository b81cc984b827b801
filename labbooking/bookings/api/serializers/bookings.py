"""Bookings and free times as the API tells them, at the clocks of the resource's own zone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from labbooking.bookings.api.schemas.availability import BusyOut
from labbooking.bookings.api.schemas.bookings import (
    AllocationOut,
    BookingDetail,
    BookingOut,
    DateOut,
    PersonOut,
    SeriesDatesOut,
    SeriesOut,
    Span,
)
from labbooking.bookings.api.schemas.intake import AnswerOut
from labbooking.bookings.api.schemas.party import ParticipantOut
from labbooking.bookings.api.serializers.approval import approval_detail, approval_out
from labbooking.bookings.api.serializers.intake import typed_answer
from labbooking.bookings.availability.busy import Busy
from labbooking.bookings.intake.shown import answers_shown
from labbooking.bookings.models import Booking, IntakeAnswer, Series, Spanning
from labbooking.bookings.participants import party_of
from labbooking.bookings.queries import seen_bookings
from labbooking.bookings.rules.permitted_acts import may_act_on, possible_acts
from labbooking.bookings.states import State
from labbooking.errors import DomainError, Refusal, Suggestion
from labbooking.period import Period, joined
from labbooking.when import lab_zone
from labbooking.wire.problems import RefusalOut, SuggestionOut
from residents.models import User


def booking_out(booking: Booking, viewer: User, at: datetime) -> BookingOut:
    """One row of a list; needs the booking in detail (`queries.detailed`)."""
    series = booking.series
    return BookingOut(
        **_facts(booking, [booking], viewer, at),
        approval=approval_out(booking, viewer, at),
        series=SeriesOut(id=series.pk, rrule=series.rrule) if series else None,
    )


def booking_detail(
    booking: Booking, viewer: User, at: datetime, *, made: Sequence[Booking] = ()
) -> BookingDetail:
    """A booking with all dates of its series. Right after it was `made`, as one request for all
    its dates, the allocations of all these are told."""
    return BookingDetail(
        **_facts(booking, made or [booking], viewer, at),
        approval=approval_detail(booking, viewer, at),
        series=_series(booking.series, made, viewer) if booking.series else None,
        answers=[answer_out(each) for each in answers_shown(booking, viewer)],
    )


def answer_out(answer: IntakeAnswer) -> AnswerOut:
    question = answer.question
    return AnswerOut(question=question.key, text=question.text, answer=typed_answer(answer))


def _series(series: Series, made: Sequence[Booking], viewer: User) -> SeriesDatesOut:
    seen = seen_bookings(viewer).filter(series=series)
    dates = [
        DateOut(id=each.pk, state=State(each.state), **_local(each, series.zone))
        for each in made or seen.order_by("starts_at", "pk")
    ]
    return SeriesDatesOut(id=series.pk, rrule=series.rrule, bookings=dates)


def _facts(
    booking: Booking, dates: Sequence[Booking], viewer: User, at: datetime
) -> dict[str, Any]:
    zone = _zone(booking)
    return {
        "id": booking.pk,
        "state": booking.state,
        "purpose": booking.purpose,
        "person": _person_as_seen(booking, viewer),
        "participants": [
            ParticipantOut(id=each.pk, name=str(each.person)) for each in party_of(booking)
        ],
        "people": booking.people,
        "group": booking.group.name if booking.group else None,
        "allocations": [
            AllocationOut(resource=each.resource.slug, **_local(each, each.resource.zone))
            for date in dates
            for each in date.named
        ],
        "not_given": [each.resource.slug for each in booking.not_given],
        "reason": booking.reason if may_act_on(booking, viewer) else "",
        "actions": possible_acts(booking, viewer, at),
        **_local(booking, zone),
        "granted": span_out(booking.granted, zone) if booking.granted else None,
        "hold_until": in_zone(booking.held_until, zone),
        **{name: in_zone(getattr(booking, name), zone) for name in _MOMENTS},
    }


def _person_as_seen(booking: Booking, viewer: User) -> PersonOut:
    """Who only takes part, or is in its group, knows the name and no address."""
    if viewer.is_lab_staff or viewer.pk == booking.person_id:
        return person_out(booking.person)
    return PersonOut(name=booking.person.name, email="")


def person_out(person: User) -> PersonOut:
    return PersonOut(name=person.name, email=person.email)


_MOMENTS = ("requested_at", "decided_at", "checked_in_at", "checked_out_at")


def _zone(booking: Booking) -> ZoneInfo:
    return booking.named[0].resource.zone


def _local(spanning: Spanning, zone: ZoneInfo) -> dict[str, datetime]:
    return {
        "starts_at": spanning.starts_at.astimezone(zone),
        "ends_at": spanning.ends_at.astimezone(zone),
    }


def in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None


def busy_out(slug: str, zone: ZoneInfo, taken: Iterable[Busy]) -> BusyOut:
    """Stretches that meet are told as one, so that nobody learns where one booking ends and
    the next begins."""
    periods = joined(each.period for each in taken)
    return BusyOut(resource=slug, busy=[span_out(period, zone) for period in periods])


def span_out(period: Period, zone: ZoneInfo) -> Span:
    start, end = period.local(zone)
    return Span(starts_at=start, ends_at=end)


def suggestion_out(suggestion: Suggestion) -> SuggestionOut:
    start, end = suggestion.period.local(lab_zone())
    return SuggestionOut(starts_at=start, ends_at=end, resources=list(suggestion.resources))


def refusal_out(refusal: Refusal) -> RefusalOut:
    return RefusalOut(
        code=refusal.code,
        message=refusal.message,
        resource=refusal.resource,
        overridable=refusal.overridable,
        **_asked(refusal),
    )


def _asked(refusal: Refusal) -> dict[str, Any]:
    """Only where something was asked; of all other refusals nothing is said about it."""
    told: dict[str, Any] = {"question": refusal.question} if refusal.question else {}
    return told | ({"allowed": list(refusal.allowed)} if refusal.allowed else {})


def reasons(error: DomainError) -> dict[str, object]:
    """What a problem says beside its sentence."""
    told: dict[str, object] = {}
    if error.refusals:
        said = (refusal_out(each) for each in error.refusals)
        told["refusals"] = [each.model_dump(exclude_unset=True) for each in said]
    if error.suggestions:
        told["suggestions"] = [suggestion_out(each).model_dump() for each in error.suggestions]
    return told
