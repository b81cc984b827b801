"""What a wish would come to, told before anything is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from labbooking.bookings.availability.slots import suggestions_for
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.planning.alternatives import Options, options_for
from labbooking.bookings.planning.planner import Dates, Plan, plan_for
from labbooking.bookings.rules.nearest_allowed import is_about_time, nearest_to
from labbooking.bookings.series.wording import in_words
from labbooking.errors import Suggestion
from labbooking.period import Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class Preview(Dates):
    """Every date with what stands in its way; `in_words` says how a series repeats.

    `options` are the choices for the dates of a series that cannot be as wished, by local day.
    """

    needs_staff: bool = False
    in_words: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    options: Mapping[date, Options] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether asking now would succeed."""
        return bool(self.booked) and not self.refusals and not self.clashes


def preview(spec: BookingSpec, *, by: User, at: datetime, person: User | None = None) -> Preview:
    """Plan a wish for a person without locking or writing. Raises `Malformed`."""
    person = person or by
    plan = plan_for(spec, person=person, at=at)
    return Preview(
        plan.dates,
        needs_staff=plan.needs_staff,
        in_words=_repeats(plan),
        suggestions=suggestions_for(spec, at=at) if plan.clashes else (),
        options=options_for(spec, plan, person=person, by=by, at=at),
    )


def nearest_time(spec: BookingSpec, thought: Preview, at: datetime) -> Period | None:
    """The nearest time the house rules allow; None where none of them speaks against the time."""
    if not any(is_about_time(refusal.code) for refusal in thought.refusals):
        return None
    return nearest_to(demand_for(spec).lines, spec.period, at)


def _repeats(plan: Plan) -> str:
    return in_words(plan.recurrence) if plan.recurrence else ""
