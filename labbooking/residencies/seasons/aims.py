"""What plans of a season are to count, and whether that was said in time."""

from __future__ import annotations

from datetime import datetime

from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.seasons.models import AimOfPlan, ChosenAim


def chosen_aim(call: Call) -> ChosenAim | None:
    return ChosenAim.objects.filter(call=call).select_related("call").first()


def aim_of(call: Call) -> str:
    """The jury's order, unless somebody has said otherwise."""
    chosen = chosen_aim(call)
    return chosen.aim if chosen else AimOfPlan.ORDER.value


def results_opened_at(call: Call) -> datetime | None:
    return Jury.objects.filter(call=call).values_list("results_opened_at", flat=True).first()


def is_late(chosen: ChosenAim) -> bool:
    """Whoever chose could know who gains by it."""
    opened_at = results_opened_at(chosen.call)
    return opened_at is not None and chosen.chosen_at >= opened_at
