"""What would be, and who waits, as the API tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as day
from datetime import datetime
from typing import Any

from labbooking.bookings.api.schemas.acts import QuestionOut
from labbooking.bookings.api.schemas.bookings import BookingDetail, MovedOut
from labbooking.bookings.api.schemas.previews import (
    ClashOut,
    DatePreviewOut,
    FreeDayOut,
    MovePreviewOut,
    OptionsOut,
    SpecPreviewOut,
)
from labbooking.bookings.api.schemas.waitlist import PlaceOut
from labbooking.bookings.api.serializers.bookings import (
    in_zone,
    person_out,
    refusal_out,
    span_out,
    suggestion_out,
)
from labbooking.bookings.availability.slots_by_day import FreeDay
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.moves.extension import limit_of
from labbooking.bookings.moves.wording import how_far
from labbooking.bookings.planning.alternatives import Options
from labbooking.bookings.planning.planner import DatePlan
from labbooking.bookings.planning.preview import Preview
from labbooking.bookings.rules.permitted_acts import acts_on_place
from labbooking.bookings.waitlist.matching import OPEN
from labbooking.bookings.waitlist.positions import Place
from labbooking.errors import Refusal, Suggestion
from labbooking.period import Period
from labbooking.when import lab_zone
from labbooking.wire.problems import AppointmentOut
from residents.models import User


def spec_preview_out(
    thought: Preview, unanswered: Iterable[Refusal], inductions: list[AppointmentOut]
) -> SpecPreviewOut:
    asked = [refusal_out(each) for each in unanswered]
    told = _thought(thought, thought.suggestions, thought.nearest)
    return SpecPreviewOut(
        **told | {"ok": thought.ok and not asked},
        needs_staff=thought.needs_staff,
        repeats=thought.in_words,
        asked=asked,
        induction_slots=inductions,
    )


def move_preview_out(thought: Preview, booking: Booking, by: User, at: datetime) -> MovePreviewOut:
    """A way on that names no things is a time the rules allow, not one that is free."""
    named = [each for each in thought.suggestions if each.resources]
    nearest = next((each.period for each in thought.suggestions if not each.resources), None)
    zone = booking.named[0].resource.zone
    limit = limit_of(booking, by)
    return MovePreviewOut(
        **_thought(thought, named, nearest),
        needs_staff=thought.needs_staff,
        free_until=limit.until.astimezone(zone),
        how_far=how_far(booking, limit, at),
    )


def moved_out(told: BookingDetail, before: Period, bar: str) -> MovedOut:
    """`bar` is why it cannot be moved back, empty where it can."""
    return MovedOut(
        **told.model_dump(),
        moved_from=span_out(before, lab_zone()),
        can_move_back=not bar,
        no_way_back=bar,
    )


def _thought(
    thought: Preview, suggestions: Iterable[Suggestion], nearest: Period | None
) -> dict[str, Any]:
    return {
        "ok": thought.ok,
        "dates": [_date(each, thought.options) for each in thought.dates],
        "suggestions": [suggestion_out(each) for each in suggestions],
        "nearest": span_out(nearest, lab_zone()) if nearest else None,
    }


def _date(date: DatePlan, options: Mapping[day, Options]) -> DatePreviewOut:
    on = date.wished.local(lab_zone())[0].date()
    return DatePreviewOut(
        **span_out(date.period, lab_zone()).model_dump(),
        on=on,
        ok=date.ok,
        left_out=date.left_out,
        resources=[each.slug for each in date.named],
        refusals=[refusal_out(each) for each in date.refusals],
        clashes=[ClashOut(resource=each.slug, message=each.message) for each in date.clashes],
        options=_options(options[on]) if on in options else None,
    )


def _options(options: Options) -> OptionsOut:
    return OptionsOut(
        as_wished=options.as_wished,
        instead=dict(options.equal.instead) if options.equal else {},
        times=[span_out(each, lab_zone()) for each in options.times],
    )


def free_day_out(found: FreeDay) -> FreeDayOut:
    return FreeDayOut(day=found.day, slots=[suggestion_out(each) for each in found.slots])


def question_out(booking: Booking) -> QuestionOut | None:
    """None where nobody has asked anything."""
    if booking.question_at is None:
        return None
    zone = booking.named[0].resource.zone
    return QuestionOut(
        question=booking.question,
        asked_at=booking.question_at.astimezone(zone),
        answer=booking.answer,
        answered_at=in_zone(booking.answered_at, zone),
    )


def place_out(place: Place, viewer: User, at: datetime) -> PlaceOut:
    """Needs the wait with its person and booking at hand."""
    wait, zone = place.wait, lab_zone()
    return PlaceOut(
        id=wait.pk,
        state=Waiting.Status(wait.state),
        person=person_out(wait.person),
        what=place.what,
        resources=wait.resources,
        types=wait.types,
        purpose=wait.purpose,
        people=wait.people,
        group=wait.group.name if wait.group else None,
        **span_out(wait.period, zone).model_dump(),
        joined_at=wait.joined_at.astimezone(zone),
        position=place.position if wait.state in OPEN else None,
        offered_at=in_zone(wait.offered_at, zone),
        offered_until=in_zone(wait.booking.held_until, zone) if wait.booking else None,
        booking=wait.booking_id,
        actions=acts_on_place(wait, viewer, at),
    )
