"""Works of one's own application by API, with the acts of the page."""

from __future__ import annotations

from django.utils import timezone
from ninja import Status

from labbooking.residencies.applications.queries import no_such_application, own_alive
from labbooking.residencies.works import actions
from labbooking.residencies.works.actions import WorkSaid
from labbooking.residencies.works.models import WorkKind
from labbooking.residencies.works.queries import works_of
from labbooking.residencies.works.schemas import (
    WorkChangeIn,
    WorkIn,
    WorkMoveIn,
    WorksOut,
    work_out,
)
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["applications"])
ALL = "calls/{slug:slug}/application/works/"
ONE = ALL + "{slug:work_key}"
WRITTEN = problems(400, 401, 403, 404, 409, 413, 415, 429)


@router.get(ALL, response={200: WorksOut, **problems(401, 404, 429)})
def list_my_works(request: SignedInRequest, slug: str) -> WorksOut:
    """Tells what your own application for a call shows."""
    return _mine(request, slug)


@router.post(ALL, response={201: WorksOut, **WRITTEN}, auth=OWN_BOOKINGS)
def add_my_work(request: SignedInRequest, slug: str, asked: WorkIn) -> Status[WorksOut]:
    """Add a link or a text to your draft, last of all."""
    said = WorkSaid(WorkKind(asked.kind), **asked.model_dump(exclude={"kind"}))
    actions.add_work(slug, said, by=request.auth, at=timezone.now())
    return Status(201, _mine(request, slug))


@router.post(f"{ONE}/change", response={200: WorksOut, **WRITTEN}, auth=OWN_BOOKINGS)
def change_my_work(
    request: SignedInRequest, slug: str, work_key: str, asked: WorkChangeIn
) -> WorksOut:
    """Say something else of a work of your draft, or of a link or a text itself."""
    actions.change_work(slug, work_key, asked.said, by=request.auth, at=timezone.now())
    return _mine(request, slug)


@router.post(f"{ONE}/move", response={200: WorksOut, **WRITTEN}, auth=OWN_BOOKINGS)
def move_my_work(request: SignedInRequest, slug: str, work_key: str, asked: WorkMoveIn) -> WorksOut:
    """Put a work of your draft elsewhere in the order."""
    actions.move_work(slug, work_key, asked.to, by=request.auth, at=timezone.now())
    return _mine(request, slug)


@router.post(f"{ONE}/remove", response={200: WorksOut, **WRITTEN}, auth=OWN_BOOKINGS)
def remove_my_work(request: SignedInRequest, slug: str, work_key: str) -> WorksOut:
    """Remove a work of your draft, with its files."""
    actions.remove_work(slug, work_key, by=request.auth, at=timezone.now())
    return _mine(request, slug)


def _mine(request: SignedInRequest, slug: str) -> WorksOut:
    application = own_alive(request.auth, slug).first()
    if application is None:
        raise no_such_application()
    return WorksOut(items=[work_out(each) for each in works_of(application)])
