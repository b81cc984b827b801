"""What stands in the way of a plan, raised with the plan that found it.

So whoever tells of it, an error by API or a page, looks up nothing that is known already.
"""

from __future__ import annotations

from collections.abc import Sequence

from labbooking.bookings.planning.planner import Plan
from labbooking.errors import DomainError, Malformed, Refusal, Refused, SlotTaken


class Obstacle(DomainError):
    """Raised as one of its subclasses, each of which is one of the house's errors as well."""

    def __init__(self, plan: Plan, detail: str, refusals: Sequence[Refusal] = ()) -> None:
        super().__init__(detail, refusals=tuple(refusals))
        self.plan = plan


class PlanClashes(Obstacle, SlotTaken):
    pass


class PlanRefused(Obstacle, Refused):
    pass


class PlanIsEmpty(Obstacle, Malformed):
    pass
