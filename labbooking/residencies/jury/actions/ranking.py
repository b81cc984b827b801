"""An order is made, and people move in it what they have a reason to move."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.applications.states import DECIDED, ApplicationState
from labbooking.residencies.jury.actions.locked import locked_applications, locked_to_decide
from labbooking.residencies.jury.entries import tell
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.made import lines_of, marks_of
from labbooking.residencies.jury.ranking.models import Ranking, RankLine, lines_in_order
from labbooking.residencies.jury.rules import said_why
from residents.models import User

AT_ONCE = 200


@transaction.atomic
def make_ranking(slug: str, *, by: User, at: datetime) -> Ranking:
    """Of all reviews that count now. Moves in an earlier one are not taken over.

    Raises `NotThere`, and `WrongState` before the results are open, as long as they have something
    to read themselves, without anything to rank, or once somebody is chosen.
    """
    jury = locked_to_decide(slug, by)
    _refuse_once_chosen(jury)
    codes = {each.pk: each.code for each in locked_applications(jury)}
    marks = marks_of(jury)
    if not marks:
        raise WrongState(_("There is no finished review that counts."))
    ranking = Ranking.objects.create(jury=jury, made_at=at, numbers=_numbers(jury, len(marks)))
    lines = RankLine.objects.bulk_create(lines_of(ranking, marks, codes))
    keys = [each.application_id for each in lines]
    Application.objects.filter(pk__in=keys).update(state=ApplicationState.RANKED)
    tell("ranking.made", jury, by=by, at=at, count=len(lines))
    return ranking


def _numbers(jury: Jury, marks: int) -> dict[str, object]:
    weights = {str(each.pk): each.weight for each in jury.call.criteria.all()}
    return {"marks": marks, "weights": weights, "lot": jury.lot}


def _refuse_once_chosen(jury: Jury) -> None:
    if Application.objects.filter(call=jury.call, state__in=DECIDED).exists():
        raise WrongState(_("Somebody is chosen already: the order stays as it is."))


@transaction.atomic
def move_in_ranking(
    slug: str, code: str, place: int, reason: str, *, by: User, at: datetime
) -> RankLine:
    """To another place of the newest order; all between move up or down by one. Whoever has
    withdrawn has no place in it.

    Raises `NotThere`, `WrongState` once somebody is chosen or as long as they have something to
    read, and `ValidationError` by field.
    """
    jury = locked_to_decide(slug, by)
    _refuse_once_chosen(jury)
    ranking = jury.rankings.last()
    lines = list(lines_in_order(ranking)) if ranking else []
    line = next((each for each in lines if each.application.code == code), None)
    if line is None:
        raise no_such_application()
    why = said_why(reason)
    if not 1 <= place <= len(lines):
        raise ValidationError({"place": _("There is no such place.")})
    before = lines.index(line) + 1
    line.reason = why
    line.full_clean(validate_constraints=False)
    lines.insert(place - 1, lines.pop(before - 1))
    for number, each in enumerate(lines, 1):
        each.place = number
    RankLine.objects.bulk_update(lines, ["place", "reason"], batch_size=AT_ONCE)
    tell("ranking.moved", jury, by=by, at=at, before=before, after=place)
    return line
