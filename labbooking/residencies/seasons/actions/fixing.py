"""Staff fix that somebody is placed, or is not, or is exactly there; and let it go again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labbooking.errors import NotThere, SlotTaken, WrongState
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.actions.locked import locked_call
from labbooking.residencies.seasons.entries import tell
from labbooking.residencies.seasons.inputs import PLANNED, WITH_AN_OFFER, Season, season_of
from labbooking.residencies.seasons.instances import fixed_by_people
from labbooking.residencies.seasons.models import FixedPlace
from labbooking.residencies.seasons.rules import only_who_plans
from residents.models import User


@dataclass(frozen=True)
class ByHand:
    """`studio`, `starts_on` and `weeks` are said with `at` alone."""

    how: str
    studio: str = ""
    starts_on: date | None = None
    weeks: int | None = None


@transaction.atomic
def fix(slug: str, code: str, said: ByHand, *, by: User, at: datetime) -> FixedPlace:
    """For all plans that are asked for from now on; what was fixed before is replaced.

    Raises `NotAllowed`, `NotThere`, `WrongState` for who has an offer, `ValidationError` for a
    place that is none, and `SlotTaken` for one where somebody or something is already.
    """
    call = locked_call(slug, at)
    only_who_plans(by, call)
    application = _one(call.pk, code)
    season = season_of(call, at)
    fixed = FixedPlace.objects.filter(application=application).first()
    fixed = fixed or FixedPlace(application=application)
    fixed.how, fixed.resource, fixed.starts_on, fixed.weeks = said.how, None, None, None
    if said.how == FixedPlace.How.AT:
        _set_place(fixed, said, season)
        _refuse_taken(fixed, season)
    fixed.full_clean(validate_constraints=False)
    fixed.save()
    tell("plan.fixed", call, by=by, at=at, code=code, how=said.how)
    return fixed


@transaction.atomic
def unfix(slug: str, code: str, *, by: User, at: datetime) -> None:
    """Raises `NotAllowed` and `NotThere`. What is not fixed stays so."""
    call = locked_call(slug, at)
    only_who_plans(by, call)
    deleted, _rows = FixedPlace.objects.filter(application=_one(call.pk, code)).delete()
    if deleted:
        tell("plan.unfixed", call, by=by, at=at, code=code)


def _one(call: int, code: str) -> Application:
    found = Application.objects.filter(call=call, code=code, state__in=PLANNED).first()
    if found is None:
        raise NotThere(_("No such application is planned in this season."))
    if found.state in WITH_AN_OFFER:
        raise WrongState(_("Who has an offer keeps the place that was offered."))
    return found


def _set_place(fixed: FixedPlace, said: ByHand, season: Season) -> None:
    weeks = season.weeks
    studios = {each.slug: each for each in season.studios}
    if said.studio not in studios:
        raise ValidationError({"studio": _("Choose one of the studios of this call.")})
    if said.starts_on not in season.days_to_come():
        raise ValidationError({"starts_on": _("Choose a day on which people arrive.")})
    first = weeks.of_arrival(said.starts_on)
    if not said.weeks or not 0 <= first < first + said.weeks <= weeks.count:
        raise ValidationError({"weeks": _("The stay has to lie inside the season.")})
    fixed.resource, fixed.starts_on, fixed.weeks = studios[said.studio], said.starts_on, said.weeks


def _refuse_taken(fixed: FixedPlace, season: Season) -> None:
    taken = set(_weeks(fixed, season))
    if fixed.resource is None:
        return
    closed = sorted(taken & season.closed[fixed.resource.pk])
    if closed:
        day = season.weeks.day(closed[0])
        message = _("{studio} is not free in the week from {day}.")
        raise SlotTaken(message.format(studio=fixed.resource.name, day=date_format(day)))
    for code in _who_is_there(fixed, taken, season):
        raise SlotTaken(_("{code} is fixed there at that time.").format(code=code))


def _who_is_there(fixed: FixedPlace, taken: set[int], season: Season) -> Iterator[str]:
    """By what is promised, and by what people fixed."""
    for each in season.applications:
        promise = season.promises.get(each.pk)
        if promise and promise.studio == fixed.resource_id and taken & promise.taken:
            yield each.code
    others = fixed_by_people(season).filter(how=FixedPlace.How.AT, resource=fixed.resource)
    for other in others.exclude(application=fixed.application):
        if taken & set(_weeks(other, season)):
            yield other.application.code


def _weeks(fixed: FixedPlace, season: Season) -> range:
    if fixed.starts_on is None or fixed.weeks is None:
        return range(0)
    first = season.weeks.of_arrival(fixed.starts_on)
    last = min(first + fixed.weeks + season.weeks.cushion, season.weeks.count)
    return range(first, last)
