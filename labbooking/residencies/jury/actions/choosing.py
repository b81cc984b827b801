"""People say who is chosen, who is on the reserve list, and who is not taken. No number does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.actions.deciding import decided
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState, can_become
from labbooking.residencies.jury.actions.locked import locked_to_decide
from labbooking.residencies.jury.entries import tell
from labbooking.residencies.jury.models import Jury
from residents.models import User

_S = ApplicationState
STILL_OPEN = (_S.RANKED, _S.CHOSEN, _S.RESERVE)


@transaction.atomic
def choose(slug: str, count: int, reserve: int = 0, *, by: User, at: datetime) -> list[Application]:
    """The first `count` of the order are chosen and the next `reserve` wait. Said again with other
    numbers, whoever was chosen and is beyond them waits too. The others stay as they are.

    Raises `NotThere`, `WrongState` without an order or as long as they have something to read, and
    `ValidationError` by field.
    """
    jury = locked_to_decide(slug, by)
    open_ones = _in_order(jury)
    if not open_ones:
        raise WrongState(_("First there is an order: then somebody is chosen."))
    if not 1 <= count <= len(open_ones):
        raise ValidationError({"count": _("So many are not in the order.")})
    if not 0 <= reserve <= len(open_ones) - count:
        raise ValidationError({"reserve": _("So many are not in the order.")})
    changed = []
    for index, each in enumerate(open_ones):
        state = _what_becomes(each, index, count, reserve)
        if state != each.state:
            _turn(jury, each, state, by, at)
            changed.append(each)
    return changed


def _in_order(jury: Jury) -> list[Application]:
    ranking = jury.rankings.last()
    if ranking is None:
        return []
    rows = Application.objects.select_for_update(of=("self",), no_key=True).filter(
        rank_lines__ranking=ranking, state__in=STILL_OPEN
    )
    found = {each.pk: each for each in rows.order_by("pk")}
    keys = ranking.lines.order_by("place").values_list("application_id", flat=True)
    return [found[key] for key in keys if key in found]


def _what_becomes(application: Application, index: int, count: int, reserve: int) -> str:
    if index < count:
        return _S.CHOSEN
    if index < count + reserve or application.state == _S.CHOSEN:
        return _S.RESERVE
    return application.state


def _turn(jury: Jury, application: Application, state: str, by: User, at: datetime) -> None:
    if not can_become(application.state, ApplicationState(state)):
        raise WrongState(_("That cannot be done with this application as it is now."))
    decided(application, ApplicationState(state), at)
    key = application.person.subject_key
    tell(f"application.{state}", jury, by=by, at=at, about=key, code=application.code)


@transaction.atomic
def decline(slug: str, codes: Iterable[str], *, by: User, at: datetime) -> int:
    """Those that are named, by a person, after the order: each is told. How many they were.

    Raises `NotThere`, and `WrongState` without an order, as long as they have something to read, or
    where one of them cannot be declined as it is.
    """
    jury = locked_to_decide(slug, by)
    if not jury.rankings.exists():
        raise WrongState(_("First there is an order: then somebody is chosen."))
    wanted = set(codes)
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    found = list(rows.filter(call=jury.call, code__in=wanted).order_by("pk"))
    if not wanted or len(found) != len(wanted):
        raise WrongState(_("Somebody else has changed this meanwhile."))
    for each in found:
        _turn(jury, each, _S.DECLINED, by, at)
    return len(found)
