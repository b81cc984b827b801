"""On what one is inducted, and for how long that is valid: both stand in the house rules."""

from __future__ import annotations

from datetime import datetime

from dateutil.relativedelta import relativedelta

from equipment.models import HouseRules, ResourceType
from labbooking.period import day_end
from labbooking.when import lab_zone


def topics() -> dict[str, str]:
    """What the house rules ask an induction for, with the name of the first type that does."""
    types = ResourceType.objects.exclude(rules__induction="").select_related("rules")
    names: dict[str, str] = {}
    for kind in types.filter(rules__isnull=False):
        if kind.rules:
            names.setdefault(kind.rules.induction, kind.name)
    return names


def valid_until(topic: str, at: datetime) -> datetime:
    """The end of an induction that is given now. Where several types ask for it, the strictest
    says how long; where none does any more, it is what house rules say unless told otherwise."""
    asking = ResourceType.objects.filter(rules__induction=topic)
    months = asking.order_by("rules__induction_months").values_list("rules__induction_months")
    (valid_for,) = months.first() or (HouseRules.INDUCTION_MONTHS,)
    last = at.astimezone(lab_zone()).date() + relativedelta(months=valid_for)
    return day_end(last, lab_zone())
