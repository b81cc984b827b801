"""What a spec would come to, told before anything is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from equipment.models import ResourceType
from labbooking.bookings.availability.slots import suggestions_for
from labbooking.bookings.demand.company import company_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.groups import group_for
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
    `nearest` is the nearest time that house rules allow, where one of them is about the time.
    What its `types` ask is no part of it.
    """

    needs_staff: bool = False
    in_words: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    options: Mapping[date, Options] = field(default_factory=dict)
    nearest: Period | None = None
    types: tuple[ResourceType, ...] = ()

    @property
    def in_steps(self) -> bool:
        """Whether one yes of staff might not be enough."""
        return self.needs_staff and any(each.approval_steps for each in self.types)

    @property
    def ok(self) -> bool:
        """Whether asking now would succeed."""
        return bool(self.booked) and not self.refusals and not self.clashes


def preview(spec: BookingSpec, *, by: User, at: datetime, person: User | None = None) -> Preview:
    """Plan a spec for a person without locking or writing. Raises `Malformed`."""
    person = person or by
    company_for(spec, by=by, person=person)
    group = group_for(spec.group, person=person)
    plan = plan_for(spec, person=person, at=at, group=group.pk if group else None)
    return preview_of(plan, spec, by=by, person=person, ways_on=_ways_on(plan, spec))


def preview_of(
    plan: Plan, spec: BookingSpec, *, by: User, person: User, ways_on: tuple[Suggestion, ...]
) -> Preview:
    """What a plan that is made already comes to, with its ways on after a clash."""
    return Preview(
        plan.dates,
        needs_staff=plan.needs_staff,
        in_words=_repeats(plan),
        suggestions=ways_on,
        options=options_for(spec, plan, person=person, by=by, at=plan.at),
        nearest=_nearest_time(plan, spec),
        types=plan.demand.types,
    )


def _ways_on(plan: Plan, spec: BookingSpec) -> tuple[Suggestion, ...]:
    if plan.recurrence or not plan.clashes:
        return ()
    return suggestions_for(plan.demand, spec.period, at=plan.at, party=spec.party_size)


def _nearest_time(plan: Plan, spec: BookingSpec) -> Period | None:
    if not any(is_about_time(refusal.code) for refusal in plan.refusals):
        return None
    return nearest_to(plan.demand.lines, spec.period, plan.at)


def _repeats(plan: Plan) -> str:
    return in_words(plan.recurrence) if plan.recurrence else ""
