"""What there is of juries, for whom."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from labbooking.residencies.applications.states import WITH_THE_JURY
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import BY_THE_CLOCK
from labbooking.residencies.jury.models import Juror, Jury
from labbooking.residencies.jury.rules import MAY_SIT, seat_of
from labbooking.residencies.jury.tasks.distribution import drawn
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.residencies.works.models import Work, WorkKind
from residents.models import User


def juries() -> QuerySet[Jury]:
    return Jury.objects.select_related("call").prefetch_related("jurors")


def seats_of(person: User) -> QuerySet[Juror]:
    """Also where they were invited to the house for it, and have not accepted the terms yet."""
    if person.role not in MAY_SIT:
        return Juror.objects.none()
    return _asked(person).select_related("jury__call").order_by("-jury__made_at")


def _asked(person: User) -> QuerySet[Juror]:
    theirs = Q(person=person) | Q(person=None, invitation__person=person)
    return Juror.objects.filter(theirs)


def sitting(jury: Jury) -> QuerySet[Juror]:
    """Who reads: they have accepted the terms, are still here, and may still sit."""
    here = jury.jurors.filter(person__is_active=True, person__role__in=MAY_SIT)
    return here.filter(accepted_terms_at__isnull=False).select_related("person")


def sits(person: User, call: Call) -> bool:
    """Or is asked to; whatever their role is by now, for it may become again what it was."""
    return _asked(person).filter(jury__call=call).exists()


def seats_without_names(person: User) -> QuerySet[Juror]:
    """From agreeing to what applies until the names are opened."""
    seats = seats_of(person).filter(accepted_terms_at__isnull=False, jury__call__blind=True)
    return seats.filter(jury__identities_opened_at=None)


def reads_without_names(person: User, call: Call) -> bool:
    return call.blind and seats_without_names(person).filter(jury__call=call).exists()


def tasks_of(person: User) -> QuerySet[ReviewTask]:
    """What they may read now: nothing before the terms, nothing of which they have a conflict."""
    if person.role not in MAY_SIT:
        return ReviewTask.objects.none()
    return ReviewTask.objects.filter(
        juror__person=person,
        juror__accepted_terms_at__isnull=False,
        stopped_at=None,
        application__state__in=WITH_THE_JURY,
    ).select_related("juror__jury__call", "review")


def reads(person: User, application_id: int) -> bool:
    """Whether it is theirs to read, so that they may see its pictures."""
    return tasks_of(person).filter(application_id=application_id).exists()


def link_for(person: User, work: str) -> tuple[ReviewTask | None, str]:
    """The task to which a link of a work belongs, and where it leads."""
    found = Work.objects.filter(key=work, kind=WorkKind.LINK).first()
    if found is None:
        return None, ""
    return tasks_of(person).filter(application_id=found.application_id).first(), found.url


def left_to_read(person: User) -> QuerySet[ReviewTask]:
    return tasks_of(person).exclude(review__finished_at__isnull=False)


def asked_to_sit(person: User) -> QuerySet[Juror]:
    """Where they have yet to agree to what applies, while the jury reads."""
    seats = seats_of(person).filter(accepted_terms_at=None, jury__results_opened_at=None)
    return seats.filter(jury__call__state__in=BY_THE_CLOCK)


def in_their_order(tasks: QuerySet[ReviewTask]) -> list[ReviewTask]:
    """By chance, and the same each time: nobody is read first by all."""
    return sorted(
        tasks,
        key=lambda each: (
            -each.juror.jury_id,
            drawn(each.juror.jury.lot, each.juror.number, each.application_id),
        ),
    )


def progress(jury: Jury) -> dict[int, tuple[int, int]]:
    """How many a juror has finished, of how many."""
    live = Q(tasks__stopped_at=None, tasks__application__state__in=WITH_THE_JURY)
    rows = jury.jurors.annotate(
        given=Count("tasks", filter=live),
        done=Count("tasks", filter=live & Q(tasks__review__finished_at__isnull=False)),
    ).values_list("pk", "done", "given")
    return {key: (done, given) for key, done, given in rows}


def is_through(juror: Juror) -> bool:
    """Nothing of theirs is left to finish."""
    open_ones = juror.tasks.filter(stopped_at=None, application__state__in=WITH_THE_JURY).exclude(
        review__finished_at__isnull=False
    )
    return not open_ones.exists()


def sees_grades(by: User, jury: Jury) -> bool:
    """Once the results are open, and never before their own are in."""
    if jury.results_opened_at is None:
        return False
    seat = seat_of(by, jury)
    if seat and not is_through(seat):
        return False
    return by.is_lab_staff or bool(seat and seat.accepted_terms_at)
