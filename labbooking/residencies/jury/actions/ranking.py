"""An order is made, and people move in it what they have a reason to move."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.applications.states import WITH_THE_JURY, ApplicationState
from labbooking.residencies.jury.actions.locked import locked_jury
from labbooking.residencies.jury.entries import tell
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.made import lines_of, marks_of
from labbooking.residencies.jury.ranking.models import Ranking, RankLine
from labbooking.residencies.jury.rules import only_who_runs, said_why
from residents.models import User

DECIDED = frozenset(
    set(ApplicationState)
    - WITH_THE_JURY
    - {
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.INELIGIBLE,
        ApplicationState.WITHDRAWN,
    }
)


@transaction.atomic
def make_ranking(slug: str, *, by: User, at: datetime) -> Ranking:
    """Of all reviews that count now. Moves in an earlier one are not taken over.

    Raises `NotThere`, and `WrongState` before the results are open, without anything to rank, or
    once somebody is chosen.
    """
    jury = locked_jury(slug)
    only_who_runs(by, jury)
    if jury.results_opened_at is None:
        raise WrongState(_("First the results are opened: then there is an order."))
    _refuse_once_chosen(jury)
    marks = marks_of(jury)
    if not marks:
        raise WrongState(_("There is no finished review that counts."))
    ranking = Ranking.objects.create(jury=jury, made_at=at, numbers=_numbers(jury, len(marks)))
    lines = RankLine.objects.bulk_create(lines_of(ranking, marks))
    keys = [each.application_id for each in lines]
    waiting = Application.objects.filter(pk__in=keys, state=ApplicationState.ELIGIBLE)
    waiting.update(state=ApplicationState.RANKED)
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
    """To another place of the newest order; all between move up or down by one.

    Raises `NotThere`, `WrongState` once somebody is chosen, and `ValidationError` by field.
    """
    jury = locked_jury(slug)
    only_who_runs(by, jury)
    _refuse_once_chosen(jury)
    ranking = jury.rankings.last()
    line = ranking.lines.filter(application__code=code).first() if ranking else None
    if ranking is None or line is None:
        raise no_such_application()
    why = said_why(reason)
    if not 1 <= place <= ranking.lines.count():
        raise ValidationError({"place": _("There is no such place.")})
    before = line.place
    _make_way(ranking, before, place)
    line.place, line.reason = place, why
    line.full_clean(validate_constraints=False)
    line.save()
    tell("ranking.moved", jury, by=by, at=at, before=before, after=place)
    return line


def _make_way(ranking: Ranking, before: int, after: int) -> None:
    if after < before:
        ranking.lines.filter(place__gte=after, place__lt=before).update(place=F("place") + 1)
    else:
        ranking.lines.filter(place__gt=before, place__lte=after).update(place=F("place") - 1)
