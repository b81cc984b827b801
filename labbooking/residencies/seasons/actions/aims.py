"""What a plan of the season is to count: said before anybody knows who would gain by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.residencies.calls.actions.locked import locked_call
from labbooking.residencies.seasons.aims import is_late
from labbooking.residencies.seasons.entries import tell
from labbooking.residencies.seasons.models import ChosenAim
from labbooking.residencies.seasons.rules import only_who_plans
from residents.models import User


@transaction.atomic
def choose_aim(slug: str, aim: str, *, by: User, at: datetime) -> ChosenAim:
    """Later than the results of the jury it is on record as that. The same again changes nothing.

    Raises `NotAllowed`, `NotThere`, and `ValidationError` for what is none.
    """
    call = locked_call(slug, at)
    only_who_plans(by, call)
    chosen = ChosenAim.objects.filter(call=call).first() or ChosenAim(call=call)
    if chosen.aim == aim:
        return chosen
    chosen.aim, chosen.chosen_at = aim, at
    chosen.full_clean(validate_constraints=False)
    chosen.save()
    tell("plan.aim_chosen", call, by=by, at=at, aim=aim, after_results=is_late(chosen))
    return chosen
