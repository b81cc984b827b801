"""The house rules for a booking that keeps a part of its time and adds to it: only what is added
is judged. Pure.

What was booked may have been allowed by rules that are no longer in force, and is not asked for
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from labbooking.bookings.rules import booking_rules as house
from labbooking.bookings.rules.booking_rules import Case, Rule
from labbooking.errors import Refusal
from labbooking.period import Period, free_between

JUDGE_EACH_PART: tuple[Rule, ...] = (
    house.in_the_past,
    house.too_soon,
    house.too_far_ahead,
    house.beyond_account_end,
    house.outside_opening_hours,
    house.too_many_at_once,
)
JUDGE_THE_EDGES: tuple[Rule, ...] = (house.off_the_step, house.not_from_arrival_to_departure)
"""It is enough that each end which is moved outwards lies as the rules want it."""
JUDGE_GROWTH = frozenset({"too_short", "too_few_nights"})
"""Codes that nothing that only becomes longer is told."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A case as it would be, and the time `had` that overlaps it and is kept as far as it goes.

    `case_for` makes the case of a part of it.
    """

    whole: Case
    had: Period
    case_for: Callable[[Period], Case]

    @property
    def parts(self) -> list[Period]:
        return free_between(self.whole.period, [self.had])


def refusals(additions: Sequence[Addition]) -> list[Refusal]:
    """Everything the house rules have against what is added, each said once."""
    return list(dict.fromkeys(no for each in additions for no in _refusals(each)))


def _refusals(added: Addition) -> Iterator[Refusal]:
    for rule in house.RULES:
        if rule in JUDGE_EACH_PART:
            said = (rule(added.case_for(part)) for part in added.parts)
            yield from (no for no in said if no)
        elif (no := rule(added.whole)) and not _is_settled(rule, no, added):
            yield no


def _is_settled(rule: Rule, no: Refusal, added: Addition) -> bool:
    if rule in JUDGE_THE_EDGES:
        return all(_is_even(added.whole, edge) for edge in _edges(added))
    return no.code in JUDGE_GROWTH and added.whole.period.covers(added.had)


def _edges(added: Addition) -> Iterator[datetime]:
    """Those that are moved outwards."""
    to, had = added.whole.period, added.had
    if to.start < had.start:
        yield to.start
    if to.end > had.end:
        yield to.end


def _is_even(case: Case, edge: datetime) -> bool:
    rules, at_start = case.rules, edge == case.period.start
    local = edge.astimezone(case.zone)
    if rules.by_night:
        return local.time() == (rules.arrival if at_start else rules.departure)
    other = case.period.end if at_start else case.period.start
    since_the_other = abs(edge - other)
    return not house.since_midnight(local) % rules.step or not since_the_other % rules.step
