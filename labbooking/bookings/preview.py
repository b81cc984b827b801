"""What a wish would come to, told before anything is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from equipment.models import Resource
from labbooking.bookings.demand import demand_for
from labbooking.bookings.errors import Refusal, Suggestion
from labbooking.bookings.planning import Clash, Plan, plan_for
from labbooking.bookings.recurrence import in_words
from labbooking.bookings.rules import Case
from labbooking.bookings.search import suggestions_for
from labbooking.bookings.ways import is_about_time, nearest_allowed
from labbooking.bookings.wish import OnClash, Wish
from labbooking.period import Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class DatePreview:
    period: Period
    resources: tuple[Resource, ...]
    refusals: tuple[Refusal, ...]
    clashes: tuple[Clash, ...]

    @property
    def ok(self) -> bool:
        return not self.refusals and not self.clashes


@dataclass(frozen=True, slots=True)
class Preview:
    """Every date with what stands in its way; `in_words` says how a series repeats."""

    dates: tuple[DatePreview, ...]
    needs_staff: bool
    in_words: str
    suggestions: tuple[Suggestion, ...]
    on_clash: OnClash

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return tuple(dict.fromkeys(each for date in self.dates for each in date.refusals))

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(dict.fromkeys(each for date in self.dates for each in date.clashes))

    @property
    def ok(self) -> bool:
        """Whether asking now would succeed."""
        free = [date for date in self.dates if not date.clashes]
        skip = self.on_clash is OnClash.SKIP
        return bool(free) and not self.refusals and (skip or len(free) == len(self.dates))


def preview(wish: Wish, *, by: User, at: datetime, person: User | None = None) -> Preview:
    """Think a wish through for a person, without locking or writing. Raises `Malformed`."""
    person = person or by
    plan = plan_for(wish, person=person, at=at)
    return Preview(
        dates=tuple(
            DatePreview(each.period, each.named, each.refusals, each.clashes) for each in plan.dates
        ),
        needs_staff=plan.needs_staff,
        in_words=_repeats(plan),
        suggestions=suggestions_for(wish, at=at) if plan.clashes else (),
        on_clash=wish.on_clash,
    )


def nearest_time(wish: Wish, thought: Preview, at: datetime) -> Period | None:
    """The nearest time the house rules allow; None where none of them speaks against the time."""
    if not any(is_about_time(refusal.code) for refusal in thought.refusals):
        return None
    lines = demand_for(wish).lines
    return nearest_allowed(
        [Case(each.slug, each.name, each.zone, each.rules, wish.period, at) for each in lines]
    )


def _repeats(plan: Plan) -> str:
    return in_words(plan.recurrence, plan.demand.zone) if plan.recurrence else ""
