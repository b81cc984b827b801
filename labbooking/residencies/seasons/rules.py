"""Who plans a season: lab staff, and the chair of the call's jury."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed
from labbooking.residencies.applications.queries import own_alive
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.queries import juries, sees_grades
from labbooking.residencies.jury.rules import runs
from residents.models import User


def plans(by: User, call: Call) -> bool:
    """Nobody who has applied. Once the results are open a plan tells the order, so whoever has yet
    to finish their own reviews does not see it either."""
    jury = juries().filter(call=call).first()
    if jury is None:
        return by.is_lab_staff and not own_alive(by, call.slug).exists()
    return runs(by, jury) and (jury.results_opened_at is None or sees_grades(by, jury))


def only_who_plans(by: User, call: Call) -> None:
    """Raises `NotAllowed`."""
    if not plans(by, call):
        raise NotAllowed(_("A season is planned by lab staff and the chair of the jury."))
