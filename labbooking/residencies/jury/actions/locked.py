"""A jury as it is now, locked: whoever acts on the same one waits."""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.applications.states import WITH_THE_JURY
from labbooking.residencies.calls.actions.locked import locked_call
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.queries import sees_grades
from labbooking.residencies.jury.rules import no_such_jury, only_who_runs
from residents.models import User


def locked_jury(slug: str) -> Jury:
    """Raises `NotThere`."""
    return _locked(call__slug=slug)


def _locked(**which: object) -> Jury:
    rows = Jury.objects.select_for_update(of=("self",), no_key=True)
    jury = rows.filter(**which).select_related("call").first()
    if jury is None:
        raise no_such_jury()
    return jury


def locked_jury_of(pk: int) -> Jury:
    """By its own key. Raises `NotThere`."""
    return _locked(pk=pk)


def locked_to_decide(slug: str, by: User) -> Jury:
    """For what comes after the results: whoever decides has read what is theirs to read.

    Raises `NotThere`, and `WrongState` as long as the grades are not theirs to see.
    """
    jury = locked_jury(slug)
    only_who_runs(by, jury)
    if jury.results_opened_at is None:
        raise WrongState(_("First the results are opened: then there is an order."))
    if not sees_grades(by, jury):
        raise WrongState(_("Finish your own reviews first: then you may see those of others."))
    return jury


def lock_application(pk: int) -> None:
    """Whoever withdraws or erases it waits. Raises `NotThere` where that is done."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    if rows.filter(pk=pk).first() is None:
        raise no_such_application()


def locked_applications(jury: Jury) -> QuerySet[Application]:
    """What the jury reads; whoever withdraws or erases one of them waits until all is done."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(call=jury.call_id, state__in=WITH_THE_JURY).order_by("pk")


def jury_for(slug: str, at: datetime) -> Jury:
    """That of a call, which gets one with its first juror. Raises `NotThere` and `WrongState`."""
    call = locked_call(slug, at)
    if call.state in {CallState.DRAFT, CallState.CALLED_OFF, CallState.ARCHIVED}:
        raise WrongState(_("Only a call that is published has a jury."))
    _made(call, at)
    return _locked(call=call)


def _made(call: Call, at: datetime) -> None:
    Jury.objects.get_or_create(call=call, defaults={"lot": token_hex(4), "made_at": at})
