"""Who may do what with a jury, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere
from labbooking.residencies.applications.queries import applies
from labbooking.residencies.calls.grades import GRADES
from labbooking.residencies.jury.models import Juror, Jury
from residents.models import Role, User

MAY_SIT = frozenset({Role.CREATIVE, Role.STAFF, Role.JUROR})
"""Researchers neither apply nor judge (G9), administrators decide nothing, applicants apply."""


def seat_of(by: User, jury: Jury) -> Juror | None:
    """Only of whoever may still sit: a role may have changed since."""
    if by.role not in MAY_SIT:
        return None
    return next((each for each in jury.jurors.all() if each.person_id == by.pk), None)


def is_chair(by: User, jury: Jury) -> bool:
    seat = seat_of(by, jury)
    return bool(seat and seat.is_chair and seat.accepted_terms_at)


def runs(by: User, jury: Jury) -> bool:
    """Whoever has applied themselves decides nothing of that call, staff neither."""
    return (by.is_lab_staff or is_chair(by, jury)) and not applies(by, jury.call)


def no_such_jury() -> NotThere:
    return NotThere(_("There is no such jury."))


def only_who_runs(by: User, jury: Jury) -> None:
    """Raises `NotThere` for everybody else: that there is a jury is not theirs to know."""
    if not runs(by, jury):
        raise no_such_jury()


def only_chair(by: User, jury: Jury) -> None:
    """Raises `NotThere`, and `NotAllowed` for staff where there is somebody else for it."""
    only_who_runs(by, jury)
    has_chair = any(each.is_chair for each in jury.jurors.all())
    if has_chair and not is_chair(by, jury):
        raise NotAllowed(_("Only the chair of the jury can do that."))


def said_why(reason: str) -> str:
    """Raises `ValidationError` without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason.strip()


def graded_well(grades: Iterable[object]) -> bool:
    """Whole numbers from 1 to 5; neither 5.0 nor True is one."""
    return all(type(each) is int and each in GRADES for each in grades)
