"""The action that changes the house rules of a type: what they let through now is offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from equipment.actions import new_rules
from equipment.models import HouseRules, ResourceType
from labbooking.bookings.models import Allocation
from labbooking.bookings.transaction.offers import passing_on
from residents.models import User


def change_rules(
    of_type: ResourceType, fields: Mapping[str, Any], *, by: User, at: datetime, based_on: int
) -> HouseRules:
    """Make the next version of a type's rules; who waits for what they refused until now is
    offered it in the same transaction. Raises like `equipment.actions.new_rules`."""
    nothing_let_go = Allocation.objects.none()
    with passing_on(nothing_let_go, at, opens=of_type.resources.all()):
        return new_rules(of_type, fields, by=by, at=at, based_on=based_on)
